#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/parse/lines.h"

namespace touchstone {

// "a, b" of a profile or a variable: a, b. Empty entries are left out.
inline std::vector<std::string> entries_of(std::string_view by_commas) {
  std::vector<std::string> entries;
  while (!by_commas.empty()) {
    const auto comma = by_commas.find(',');
    if (const auto entry = trim_all(by_commas.substr(0, comma)); !entry.empty())
      entries.emplace_back(entry);
    by_commas.remove_prefix(comma == std::string_view::npos ? by_commas.size() : comma + 1);
  }
  return entries;
}

}  // namespace touchstone
