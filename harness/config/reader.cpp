#include "harness/config/reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/config/nearest.h"
#include "harness/model/said.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

using Kind = YamlNode::Kind;

Phrase shown(const YamlNode& node) {
  return node.kind == Kind::kText ? Phrase(touchstone::quoted(node.text)) : name_of(node.kind);
}

bool expect_kind(const YamlNode& node, const Where& where, Kind kind, const Text& like) {
  if (node.kind == kind) return true;
  where.wrong(node, said("这是{};请写{}", "this is {}; write {}", name_of(node.kind), like));
  return false;
}

constexpr std::size_t kMostTold = 100;  // of mistakes
constexpr std::size_t kMostNamed = 40;  // of keys; hosts can be keys too

Text not_known(const std::string& key, std::span<const std::string_view> known) {
  if (key == "<<")
    return {"不支持合并键;请把键逐一写出,或使用 'defaults'",
            "merge keys are not read; write the keys out, or use 'defaults'"};
  const auto near = nearest(key, known);
  return near ? said("未知的键;是否为 '{}'?", "unknown key; did you mean '{}'?", *near)
              : said("未知的键;可用的有:{}{}", "unknown key; there are: {}{}",
                     fmt::join(known.first(std::min(known.size(), kMostNamed)), ", "),
                     known.size() > kMostNamed ? ", ..." : "");
}

// Digits only, as people write numbers: no 0640, 0x1F, 1_000 or +1, which YAML reads in its own
// way.
bool is_decimal(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const bool digits = !text.empty() && text.find_first_not_of("0123456789") == text.npos;
  return digits && (text.size() == 1 || text[0] != '0');
}

}  // namespace

void Mistakes::add(TextPosition at, std::string key, Text message) {
  all_.push_back({.file = file_,
                  .line = at.line,
                  .column = at.column,
                  .key = std::move(key),
                  .message = std::move(message)});
}

void Mistakes::throw_if_any() const {
  if (all_.empty()) return;
  std::vector<Mistake> sorted = all_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Mistake& a, const Mistake& b) {
    return std::pair(a.line, a.column) < std::pair(b.line, b.column);
  });
  // The same value can be met twice through an alias.
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  if (sorted.size() > kMostTold) {
    const std::size_t more = sorted.size() - kMostTold;
    sorted.resize(kMostTold);
    sorted.push_back(
        {.file = file_, .message = said("另有 {} 处错误", "{} more mistakes follow", more)});
  }
  throw ConfigError(std::move(sorted));
}

Where Where::in(std::string_view key) const {
  return {*mistakes_, folder_, key_.empty() ? std::string(key) : fmt::format("{}.{}", key_, key),
          local_files_};
}

Where Where::at(std::size_t index) const {
  return {*mistakes_, folder_, fmt::format("{}[{}]", key_, index), local_files_};
}

void Where::wrong(TextPosition position, Text message) const {
  mistakes_->add(position, key_, std::move(message));
}

void Where::wrong_of(const std::string& key, TextPosition position, Text message) const {
  mistakes_->add(position, key, std::move(message));
}

std::vector<const YamlNode*> values_of(const YamlNode& map, const Where& where,
                                       std::span<const std::string_view> known) {
  std::vector<const YamlNode*> values(known.size(), nullptr);
  if (!expect_kind(map, where, Kind::kMap,
                   said("键,如 '{}: …'", "keys, such as '{}: …'", known.front())))
    return values;
  std::map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < known.size(); ++i) places.emplace(known[i], i);
  std::map<std::string_view, int> seen;
  std::size_t unknown = 0;
  for (const YamlMember& member : map.members) {
    const std::string& key = member.key.text;
    const Where here = where.in(quoted_if_odd(key));
    const auto [first, fresh] = seen.emplace(key, member.key.position.line);
    const auto at = places.find(key);
    if (at == places.end())
      here.wrong(member.key,
                 ++unknown <= kMostTold ? not_known(key, known) : Text{"未知的键", "unknown key"});
    else if (!fresh)
      here.wrong(member.key,
                 said("这个键出现两次(首次在第 {} 行);只留一个",
                      "the key is there twice (first in line {}); keep one", first->second));
    else if (member.value.kind == Kind::kNothing)
      here.wrong(member.key, {"没有值;请写一个,或去掉这个键",
                              "there is no value; write one, or leave the key out"});
    else
      values[at->second] = &member.value;
  }
  return values;
}

void require(const YamlNode& map, const Where& where, std::string_view key) {
  const bool empty_value =
      std::any_of(map.members.begin(), map.members.end(),
                  [&](const YamlMember& member) { return member.key.text == key; });
  if (!empty_value)
    where.in(key).wrong(map, {"缺少这个键;此处必须有", "the key is missing; it is needed here"});
}

void expect_version_1(const YamlNode& node, const Where& where) {
  if (node.kind != Kind::kText || node.quoted || node.text != "1")
    where.wrong(node,
                said("本程序读取第 1 版格式,不是 {};请写 1",
                     "this program reads version 1 of the format, not {}; write 1", shown(node)));
}

std::optional<std::string> text_of(const YamlNode& node, const Where& where) {
  if (!expect_kind(node, where, Kind::kText, {"文本", "a text"})) return std::nullopt;
  if (is_blank(node.text)) {
    where.wrong(node, {"文本是空的;请写一个,或去掉这个键",
                       "the text is empty; write one, or leave the key out"});
    return std::nullopt;
  }
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (std::any_of(node.text.begin(), node.text.end(), control)) {
    where.wrong(node, {"文本中有换行或其他控制字符;请写成一行",
                       "the text holds a line break or another control character; write one line"});
    return std::nullopt;
  }
  return node.text;
}

std::optional<std::string> checked_text_of(const YamlNode& node, const Where& where,
                                           Text (*error)(std::string_view)) {
  std::optional<std::string> text = text_of(node, where);
  const Text wrong = text ? error(*text) : Text();
  if (wrong.empty()) return text;
  where.wrong(node, wrong);
  return std::nullopt;
}

std::optional<long long> integer_of(const YamlNode& node, const Where& where, long long low,
                                    long long high) {
  long long value = 0;
  const std::string& text = node.text;
  const bool decimal = node.kind == Kind::kText && !node.quoted && is_decimal(text);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (decimal && error == std::errc{} && value >= low && value <= high) return value;
  const Text range = said("{} 到 {} 的整数", "a whole number from {} to {}", low, high);
  if (node.kind == Kind::kText && node.quoted && is_decimal(text))
    where.wrong(
        node, said("这是文本;请写{},不加引号", "this is a text; write {}, without quotes", range));
  else
    where.wrong(node, said("{} 不合适;请写{}", "{} does not fit; write {}", shown(node), range));
  return std::nullopt;
}

std::optional<double> number_of(const YamlNode& node, const Where& where, double above,
                                double at_most) {
  double value = 0;
  const std::string& text = node.text;
  const bool plain = node.kind == Kind::kText && !node.quoted && !text.empty() &&
                     text.find_first_not_of("-0123456789.") == std::string::npos;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (plain && error == std::errc{} && end == text.data() + text.size() && value > above &&
      value <= at_most)
    return value;
  where.wrong(node, said("{} 不合适;请写大于 {}、不超过 {} 的数",
                         "{} does not fit; write a number above {}, at most {}", shown(node), above,
                         at_most));
  return std::nullopt;
}

std::optional<bool> boolean_of(const YamlNode& node, const Where& where) {
  if (node.kind == Kind::kText && !node.quoted && (node.text == "true" || node.text == "false"))
    return node.text == "true";
  where.wrong(node, said("{} 不是开关值;请写 true 或 false", "{} is no switch; write true or false",
                         shown(node)));
  return std::nullopt;
}

std::optional<std::string> choice_of(const YamlNode& node, const Where& where,
                                     std::span<const std::string_view> choices) {
  std::optional<std::string> text = text_of(node, where);
  if (!text || std::find(choices.begin(), choices.end(), *text) != choices.end()) return text;
  const auto near = nearest(*text, choices);
  where.wrong(node, said("{} 不在 {} 之中{}", "{} is not among {}{}", touchstone::quoted(*text),
                         fmt::join(choices, ", "),
                         near ? said(";是否为 '{}'?", "; did you mean '{}'?", *near) : Text()));
  return std::nullopt;
}

std::vector<std::string> texts_of(const YamlNode& node, const Where& where) {
  std::vector<std::string> texts;
  if (!expect_kind(node, where, Kind::kList, {"列表,如 [one, two]", "a list, such as [one, two]"}))
    return texts;
  if (node.items.empty())
    where.wrong(node, {"列表是空的;请至少写一项", "the list is empty; write at least one text"});
  for (std::size_t i = 0; i < node.items.size(); ++i)
    if (auto text = text_of(node.items[i], where.at(i))) texts.push_back(*text);
  return texts.size() == node.items.size() ? texts : std::vector<std::string>();
}

}  // namespace touchstone
