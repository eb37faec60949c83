#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/parsed.h"

namespace touchstone {

// Lines `TOOL=PATH`, from `command -v` for each tool; an empty path: not found.
struct ToolList {
  std::map<std::string, std::string> paths;
  std::vector<std::string> missing() const;
  bool operator==(const ToolList&) const = default;
};
Parsed<ToolList> parse_tool_list(std::string_view out, std::string_view err);

}  // namespace touchstone
