#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

namespace touchstone {

// The lines of a text with their ends; the last one may have none.
inline std::vector<std::string_view> lines_with_ends(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

}  // namespace touchstone
