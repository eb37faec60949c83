#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "harness/config/inventory.h"
#include "tests/e2e/sentences.h"

namespace touchstone::config_test {

// All that is wrong, a line a mistake; and each is there in both languages.
inline std::string told(const ConfigError& error) {
  for (const Mistake& mistake : error.mistakes) expect_both_languages(mistake.message);
  return error.what();
}

// All that is wrong in an inventory; "" when it is taken.
inline std::string mistakes_in(std::string_view text, const std::string& file = "c.yaml") {
  try {
    parse_inventory(text, file);
  } catch (const ConfigError& error) {
    return told(error);
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
