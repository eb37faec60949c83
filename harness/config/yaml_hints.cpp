#include "harness/config/yaml_hints.h"

#include <fmt/format.h>

#include <regex>

namespace touchstone {
namespace {

bool line_holds(const SourceText& source, std::size_t line, const char* pattern) {
  const std::string_view text = source.line(line).substr(0, 1000);  // std::regex recurses
  return std::regex_search(text.begin(), text.end(), std::regex(pattern));
}

std::string hint_for(const std::string& complaint, const SourceText& source, std::size_t line) {
  // node-[01-16] outside of quotes; the complaint may come a line late.
  const char* const pattern = R"((^|[\s{,\[])[A-Za-z0-9._-]*[A-Za-z0-9._-]\[[0-9])";
  for (const std::size_t near : {line, line - 1})
    if (line_holds(source, near, pattern) && line_holds(source, near, R"([{\[].*\[)"))
      return "a pattern must be in quotes inside {…} and […]: \"node-[01-16]\"";
  if (line_holds(source, line, R"([:,]\s+>=?[^\s])"))
    return "a value that begins with > must be in quotes: \">=2\"";
  if (line_holds(source, line, R"([:,\[{-]\s+[@`%*&!|])"))
    return "a value that begins with @ ` % * & ! or | must be in quotes";
  if (complaint == "illegal map value" && line_holds(source, line, R"(:\s.*:\s)"))
    return "a value that holds ': ' must be in quotes";
  if (complaint == "illegal map value")
    return "look at the indentation: keys of one map begin in the same column";
  if (complaint.find("EOF in scalar") != std::string::npos) return "a quote is not closed";
  if (complaint.find("flow not found") != std::string::npos)
    return "a comma or a closing bracket is missing";
  return "look at quotes, colons and indentation on this line and the one before";
}

}  // namespace

void refuse_tabs_in_indentation(const SourceText& source) {
  for (std::size_t i = 1; i <= source.line_count(); ++i) {
    const std::string_view line = source.line(i);
    const std::size_t text = line.find_first_not_of(" \t");
    const std::size_t tab = line.find('\t');
    if (text == std::string_view::npos || line[text] == '#' || tab > text) continue;
    source.refuse({static_cast<int>(i), static_cast<int>(tab) + 1},
                  "a tab is no indentation in YAML; use spaces");
  }
}

std::string why_not_yaml(const std::string& complaint, const SourceText& source, std::size_t line) {
  return fmt::format("not YAML ({}); {}", complaint, hint_for(complaint, source, line));
}

}  // namespace touchstone
