#pragma once

#include <vector>

#include "harness/model/change.h"
#include "harness/model/evidence.h"
#include "harness/model/step.h"

// What --fix would change, by step; the chapters say which step each belongs to. All are pure, and
// throw NoEvidence where the evidence does not tell.
namespace touchstone {

// Says what repairs the step of this id, and what that needs to know besides what the step asks
// (see Remedy::asks); the step must be there.
void repaired_by(Chapter& chapter, const std::string& id,
                 std::vector<Change> (*changes)(const Evidence&), std::vector<Question> asks = {});

// remedies_fabric.cpp
std::vector<Change> fix_netdetect(const Evidence& npu);
std::vector<Change> fix_gateway(const Evidence& npu);
std::vector<Change> fix_tls(const Evidence& npu);
std::vector<Change> fix_same_tls(const Evidence& group);
std::vector<Change> fix_address(const Evidence& npu);
std::vector<Change> fix_hccn_conf(const Evidence& host);

// remedies_rank_table.cpp: the whole group gets the table that fits the live addresses.
std::vector<Change> fix_rank_table(const Evidence& host_or_group);
std::vector<Change> fix_rank_table_rights(const Evidence& host);
std::vector<Change> fix_rank_table_inside(const Evidence& host);

// remedies_environment.cpp: all of them propose the one change of a host's ~/.bashrc.
std::vector<Change> fix_set_env(const Evidence& host);
std::vector<Change> fix_environment(const Evidence& host);
std::vector<Change> fix_shared_environment(const Evidence& group);
std::vector<Change> fix_own_address(const Evidence& host);

// remedies_config.cpp: the one change of a host's config.json, and its mode.
std::vector<Change> fix_config_file(const Evidence& host);
std::vector<Change> fix_parameters(const Evidence& host);
std::vector<Change> fix_same_config(const Evidence& group);

// remedies_weights.cpp
std::vector<Change> fix_weights_rights(const Evidence& host);
std::vector<Change> fix_rank_table_rights_inside(const Evidence& host);

// remedies_driver.cpp
std::vector<Change> fix_driver(const Evidence& host);
std::vector<Change> fix_firmware(const Evidence& npu);

// remedies_docker.cpp
std::vector<Change> fix_docker_service(const Evidence& host);
std::vector<Change> fix_runc_owner(const Evidence& host);
std::vector<Change> fix_docker_unit(const Evidence& host);

// remedies_docker_install.cpp
std::vector<Change> fix_docker_client(const Evidence& host);

// remedies_runtime.cpp
std::vector<Change> fix_ascend_runtime(const Evidence& host);

// remedies_container.cpp
std::vector<Change> fix_image(const Evidence& host);
std::vector<Change> fix_stopped_container(const Evidence& host);
std::vector<Change> fix_other_container(const Evidence& host);
// The host's file at `path` (the guide's) is right, and another is seen inside: the container is
// restarted, if it was told to show that file.
std::vector<Change> fix_older_mount(const Evidence& host, const std::string& path);

// remedies_service.cpp: the service of the whole group is stopped where it runs, and started on all
// hosts together.
std::vector<Change> fix_service(const Evidence& host);

}  // namespace touchstone
