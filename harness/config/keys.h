#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone {

// All keys that an inventory and a profile may have, by the name of the map they stand in:
// "inventory", "group", "host", "defaults", "npu_network", "rule", "endpoint", "secrets", "site",
// "profile". docs/cluster.schema.json has the same, by the same names; a test compares them.
std::map<std::string, std::vector<std::string_view>> known_keys();

}  // namespace touchstone
