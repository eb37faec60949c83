#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "harness/config/inventory.h"

namespace touchstone::config_test {

// All that is wrong in an inventory, a line a mistake; "" when it is taken.
inline std::string mistakes_in(std::string_view text, const std::string& file = "c.yaml") {
  try {
    parse_inventory(text, file);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

// The lines above `groups:` that every inventory has; it ends in line 3.
inline const std::string kHead = "touchstone: 1\ncluster: lab\nprofile: deepseek-r1-w8a8\n";
// A whole inventory with these items of `hosts` (indented by six).
inline std::string with_hosts(const std::string& hosts) {
  return kHead + "groups:\n  - name: g\n    hosts:\n" + hosts;
}
// The line in which those begin.
inline constexpr int kHostsLine = 7;

}  // namespace touchstone::config_test
