#pragma once

#include <vector>

#include "harness/model/change.h"
#include "harness/model/evidence.h"
#include "harness/model/step.h"

// What --fix would change, by step; the chapters say which step each belongs to. All are pure, and
// throw NoEvidence where the evidence does not tell.
namespace touchstone {

// Says what repairs the step of this id; it must be there.
void repaired_by(Chapter& chapter, const std::string& id,
                 std::vector<Change> (*changes)(const Evidence&));

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

}  // namespace touchstone
