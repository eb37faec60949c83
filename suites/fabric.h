#pragma once

#include <string>

#include "harness/model/evidence.h"
#include "suites/probes.h"

// What section 3.1 expects of one NPU, of a host, or of all; 03_1_fabric.cpp says which step each
// belongs to.
namespace touchstone {

// fabric_link.cpp
void expect_neighbour(const Evidence& npu);
void expect_distinct_ports(const Evidence& cluster);
void expect_link_up(const Evidence& npu);
void expect_no_flaps(const Evidence& npu);
void expect_net_health(const Evidence& npu);
void expect_still_counters(const Evidence& npu);

// fabric_optics.cpp
void expect_speed_and_optics(const Evidence& npu);

// fabric_address.cpp
const NpuAddress* plan_of(const Evidence& npu);  // what the site's plan says of it; null: no plan
std::string gateway_of(const Evidence& npu);     // empty: the tool says that none is set
void expect_netdetect(const Evidence& npu);
void expect_gateway(const Evidence& npu);
void expect_address(const Evidence& npu);
void expect_unique_addresses(const Evidence& cluster);
void expect_tls(const Evidence& npu);
void expect_same_tls(const Evidence& group);
void expect_hccn_conf(const Evidence& host);

}  // namespace touchstone
