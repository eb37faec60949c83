#include "reports/place.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace touchstone {
namespace {

std::string part_in_chinese(std::string_view part) {
  constexpr std::array kWords{
      std::pair{std::string_view("first paragraph"), "首段"},
      std::pair{std::string_view("last paragraph"), "末段"},
      std::pair{std::string_view("the table"), "表格"},
      std::pair{std::string_view("the list of downloads"), "下载清单"},
  };
  if (part == "beyond the guide") return "指南之外";
  const std::size_t comma = part.find(", "), both = part.find(" and ");
  if (comma == part.npos && both != part.npos)
    return fmt::format("{} 和 {}", part.substr(0, both), part.substr(both + 5));
  if (comma == part.npos) return std::string(part);
  const std::string_view section = part.substr(0, comma), where = part.substr(comma + 2);
  if (where.starts_with("instruction"))
    return fmt::format("{} 第 {} 条", section, where.substr(where.find(' ') + 1));
  for (const auto& [english, chinese] : kWords)
    if (where == english) return fmt::format("{} {}", section, chinese);
  return fmt::format("{} {}", section, where);
}

}  // namespace

std::string place_text(const std::string& place, Language language) {
  if (language == Language::kEn) return place;
  std::string text;
  for (std::string_view rest = place; !rest.empty();) {
    const std::size_t end = std::min(rest.find("; "), rest.size());
    text += (text.empty() ? "" : ";") + part_in_chinese(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 2, rest.size()));
  }
  return text;
}

}  // namespace touchstone
