#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/config/reader.h"
#include "harness/model/inventory.h"

namespace touchstone {

// NPU addresses that are given away, and to whom: unique in the whole cluster (step 3.1.11).
using TakenAddresses = std::map<std::string, Text>;

// The site's plan for the NPU ports of one group, by host name.
std::map<std::string, std::vector<NpuAddress>> read_npu_network(const YamlNode& map,
                                                                const std::vector<Host>& hosts,
                                                                TakenAddresses& taken,
                                                                const Where& where);

std::span<const std::string_view> npu_network_keys();
std::span<const std::string_view> npu_rule_keys();

}  // namespace touchstone
