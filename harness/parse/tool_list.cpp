#include "harness/parse/tool_list.h"

#include "harness/model/said.h"

namespace touchstone {

std::vector<std::string> ToolList::missing() const {
  std::vector<std::string> names;
  for (const auto& [tool, path] : paths)
    if (path.empty()) names.push_back(tool);
  return names;
}

Parsed<ToolList> parse_tool_list(std::string_view out, std::string_view) {
  ToolList list;
  while (!out.empty()) {
    const std::size_t end = out.find('\n');
    const std::string_view line = out.substr(0, end);
    out.remove_prefix(end == std::string_view::npos ? out.size() : end + 1);
    if (line.empty()) continue;
    const std::size_t equals = line.find('=');
    if (equals == 0 || equals == std::string_view::npos)
      return Refusal{Refusal::Kind::kMalformed,
                     said("'{}' 不是 TOOL=PATH 形式的一行", "'{}' is no line of the form TOOL=PATH",
                          line.substr(0, 80))};
    list.paths.emplace(line.substr(0, equals), line.substr(equals + 1));
  }
  if (list.paths.empty())
    return Refusal{Refusal::Kind::kEmpty,
                   {"没有输出;每个工具应有一行 TOOL=PATH",
                    "nothing was printed; a line TOOL=PATH for every tool was expected"}};
  return list;
}

}  // namespace touchstone
