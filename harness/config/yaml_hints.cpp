#include "harness/config/yaml_hints.h"

#include <regex>

#include "harness/model/said.h"

namespace touchstone {
namespace {

bool line_holds(const SourceText& source, std::size_t line, const char* pattern) {
  const std::string_view text = source.line(line).substr(0, 1000);  // std::regex recurses
  return std::regex_search(text.begin(), text.end(), std::regex(pattern));
}

Text hint_for(const std::string& complaint, const SourceText& source, std::size_t line) {
  // node-[01-16] outside of quotes; the complaint may come a line late.
  const char* const pattern = R"((^|[\s{,\[])[A-Za-z0-9._-]*[A-Za-z0-9._-]\[[0-9])";
  for (const std::size_t near : {line, line - 1})
    if (line_holds(source, near, pattern) && line_holds(source, near, R"([{\[].*\[)"))
      return {"在 {…} 和 […] 中,模式要加引号:\"node-[01-16]\"",
              "a pattern must be in quotes inside {…} and […]: \"node-[01-16]\""};
  if (line_holds(source, line, R"([:,]\s+>=?[^\s])"))
    return {"以 > 开头的值要加引号:\">=2\"",
            "a value that begins with > must be in quotes: \">=2\""};
  if (line_holds(source, line, R"([:,\[{-]\s+[@`%*&!|])"))
    return {"以 @ ` % * & ! 或 | 开头的值要加引号",
            "a value that begins with @ ` % * & ! or | must be in quotes"};
  if (complaint == "illegal map value" && line_holds(source, line, R"(:\s.*:\s)"))
    return {"含有 ': ' 的值要加引号", "a value that holds ': ' must be in quotes"};
  if (complaint == "illegal map value")
    return {"请检查缩进:同一键值表的键从同一列开始",
            "look at the indentation: keys of one map begin in the same column"};
  if (complaint.find("EOF in scalar") != std::string::npos)
    return {"引号没有结束", "a quote is not closed"};
  if (complaint.find("flow not found") != std::string::npos)
    return {"缺少逗号或结束的括号", "a comma or a closing bracket is missing"};
  return {"请检查这一行和上一行的引号、冒号和缩进",
          "look at quotes, colons and indentation on this line and the one before"};
}

}  // namespace

void refuse_tabs_in_indentation(const SourceText& source) {
  for (std::size_t i = 1; i <= source.line_count(); ++i) {
    const std::string_view line = source.line(i);
    const std::size_t text = line.find_first_not_of(" \t");
    const std::size_t tab = line.find('\t');
    if (text == std::string_view::npos || line[text] == '#' || tab > text) continue;
    source.refuse(
        {static_cast<int>(i), static_cast<int>(tab) + 1},
        {"YAML 不能用制表符缩进;请用空格", "a tab is no indentation in YAML; use spaces"});
  }
}

Text why_not_yaml(const std::string& complaint, const SourceText& source, std::size_t line) {
  return said("不是 YAML(\"{}\");{}", "not YAML ({}); {}", complaint,
              hint_for(complaint, source, line));
}

}  // namespace touchstone
