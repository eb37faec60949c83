#include "harness/config/profile_reader.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "harness/config/forms.h"
#include "harness/config/nearest.h"
#include "harness/config/profile.h"
#include "harness/config/profile_rules.h"
#include "harness/config/yaml_writer.h"
#include "harness/model/profile_fields.h"
#include "harness/model/said.h"
#include "harness/model/secrets.h"
#include "harness/model/value_rule.h"
#include "harness/model/version_range.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

constexpr std::string_view kBasedOn = "based_on";

Text mtu_error(std::string_view text) {
  const auto number = integer_of(text);
  if (text == "same" || (number && *number >= 68 && *number <= 16384)) return {};
  return said("{} 不是 MTU;请写 same,或 68 到 16384 的数",
              "{} is no MTU; write same, or a number from 68 to 16384", touchstone::quoted(text));
}

// Three digits: a fourth in front would be lost in YAML's numbers (0640 is 416 there).
Text mode_error(std::string_view text) {
  if (text.size() == 3 && text.find_first_not_of("01234567") == std::string_view::npos) return {};
  return said("{} 不是权限;请写三位八进制数字,如 640",
              "{} is no mode; write three octal digits such as 640", touchstone::quoted(text));
}

Text sum_error(std::string_view text) {
  if (text.size() == 64 &&
      text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos)
    return {};
  return said(
      "{} 不是 SHA-256 校验和;请写 sha256sum 输出的 64 位十六进制数字,或 none",
      "{} is no SHA-256 sum; write the 64 hexadecimal digits that sha256sum prints, or none",
      touchstone::quoted(text));
}

template <auto error>
Text unless_none(std::string_view text) {
  return text == "none" ? Text() : error(text);
}

std::optional<std::string> none_is_empty(std::optional<std::string> text) {
  return text == "none" ? "" : std::move(text);
}

// As sha256sum prints it, with which it is compared.
std::optional<std::string> in_lower_case(std::optional<std::string> sum) {
  if (sum)
    for (char& c : *sum) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return sum;
}

std::optional<std::string> ruled_text(const ProfileRule& rule, const YamlNode& node,
                                      const Where& where) {
  using enum ProfileRule::Form;
  switch (rule.form) {
    case kAny:
      return text_of(node, where);
    case kName:
      return checked_text_of(node, where, name_error);
    case kVersion:
      return checked_text_of(node, where, version_range_error);
    case kPath:
      return checked_text_of(node, where, absolute_path_error);
    case kPathOrNone:
      return none_is_empty(checked_text_of(node, where, unless_none<absolute_path_error>));
    case kSumOrNone:
      return in_lower_case(none_is_empty(checked_text_of(node, where, unless_none<sum_error>)));
    case kChoice:
      return choice_of(node, where, rule.choices);
    case kMtu:
      return checked_text_of(node, where, mtu_error);
    case kMode:
      return checked_text_of(node, where, mode_error);
    case kValues:  // a map, for which there is a reader of its own
      break;
    case kArchitecture: {
      auto text = checked_text_of(node, where, name_error);
      return text == "any" ? "" : text;
    }
  }
  return std::nullopt;
}

// Variables and parameters as shells and MindIE name them; a path has dots.
Text key_error(std::string_view key) {
  const auto fits = [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '.'; };
  if (!key.empty() && std::all_of(key.begin(), key.end(), fits)) return {};
  return {"名称只能有字母、数字、_ 和点", "a name has letters, digits, _ and dots only"};
}

// A site or a profile based on another says only what is different: the rest stays.
void read_values(std::map<std::string, std::string>& into, const YamlNode& node,
                 const Where& where) {
  if (node.kind != YamlNode::Kind::kMap)
    return where.wrong(
        node, said("这是{};请写名称和值,如 'NAME: 1'",
                   "this is {}; write names and values, such as 'NAME: 1'", name_of(node.kind)));
  std::map<std::string, int> seen;
  for (const YamlMember& member : node.members) {
    const std::string& key = member.key.text;
    const Where here = where.in(quoted_if_odd(key));
    const auto [first, fresh] = seen.emplace(key, member.key.position.line);
    if (const Text wrong = key_error(key); !wrong.empty())
      here.wrong(member.key, wrong);
    else if (!fresh)
      here.wrong(member.key,
                 said("这个键出现两次(首次在第 {} 行);只留一个",
                      "the key is there twice (first in line {}); keep one", first->second));
    else if (member.value.text != "any" && names_secret(key))
      // It would stand in the recording and in every finding, and evidence never has the other.
      here.wrong(member.value, {"密钥无法比较:证据中没有它;请写 any",
                                "a secret cannot be compared: evidence has none; write any"});
    else if (auto text = checked_text_of(member.value, here, value_rule_error))
      into[key] = *text;
  }
}

// Takes over one field from the value under its key.
struct FieldReader {
  const ProfileRule& rule;
  const YamlNode& node;
  const Where& where;

  void operator()(std::string& into) const {
    if (auto text = ruled_text(rule, node, where)) into = *text;
  }
  void operator()(int& into) const {
    if (auto number = integer_of(node, where, 1, rule.most)) into = static_cast<int>(*number);
  }
  void operator()(double& into) const {
    if (auto number = number_of(node, where, 0, 1e6)) into = *number;
  }
  void operator()(bool& into) const {
    if (auto on = boolean_of(node, where)) into = *on;
  }
  void operator()(std::map<std::string, std::string>& into) const {
    read_values(into, node, where);
  }
  void operator()(NumberRange& into) const {
    const auto text = text_of(node, where);
    if (!text) return;
    if (auto range = NumberRange::parse(*text)) {
      into = *range;
    } else {
      where.wrong(node, said("{} 不是数的范围;请写 8、\">=4\"、<=4608、2..60 或 any",
                             "{} is no range of numbers; write 8, \">=4\", <=4608, 2..60 or any",
                             touchstone::quoted(*text)));
    }
  }
};

struct YamlValue {
  std::string operator()(const std::string& value) const { return yaml_text(value); }
  std::string operator()(int value) const { return std::to_string(value); }
  std::string operator()(double value) const { return fmt::format("{}", value); }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(const NumberRange& value) const { return yaml_text(value.str()); }
  std::string operator()(const std::map<std::string, std::string>& values) const {
    std::string text = values.empty() ? "{}" : "";
    for (const auto& [key, value] : values)
      text += fmt::format("\n  {}: {}", key, yaml_text(value));
    return text;
  }
};

}  // namespace

std::vector<std::string_view> profile_keys(ProfilePart part) {
  std::vector<std::string_view> keys;
  Profile profile;
  profile_fields(profile, [&](const char* key, const auto&) { keys.emplace_back(key); });
  // A site's values are still those of the profile it names.
  if (part == ProfilePart::kSite) std::erase(keys, "name");
  if (part == ProfilePart::kFile) keys.push_back(kBasedOn);
  return keys;
}

void read_profile(Profile& into, const YamlNode& map, const Where& where, ProfilePart part,
                  bool has_base) {
  const std::vector<std::string_view> keys = profile_keys(part);
  const std::vector<const YamlNode*> values = values_of(map, where, keys);
  if (map.kind != YamlNode::Kind::kMap) return;
  profile_fields(into, [&](const char* key, auto& field) {
    const auto at = std::find(keys.begin(), keys.end(), key);
    if (at == keys.end()) return;
    const YamlNode* value = values[static_cast<std::size_t>(at - keys.begin())];
    const bool own = std::string_view(key) == "name" && part == ProfilePart::kFile;
    if (value) FieldReader{rule_of(key), *value, where.in(key)}(field);
    if (!value && (!has_base || own)) require(map, where, key);
  });
}

bool is_profile_path(std::string_view name_or_path) {
  return name_or_path.ends_with(".yaml") || name_or_path.ends_with(".yml") ||
         name_or_path.find('/') != name_or_path.npos;
}

Profile referenced_profile(const YamlNode& name, const Where& where) {
  const auto text = checked_text_of(name, where, path_error);
  if (!text) return {};
  try {
    // A path is seen from the file that names it.
    return find_profile(is_profile_path(*text) ? std::filesystem::path(where.folder()) / *text
                                               : std::filesystem::path(*text));
  } catch (const ConfigError& error) {
    for (const Mistake& mistake : error.mistakes)
      where.wrong(name, mistake.line > 0 ? said("在该文件中:{}", "in that file: {}", mistake.str())
                        : is_profile_path(*text) ? mistake.str()
                                                 : mistake.message);
    return {};
  }
}

std::string write_profile(const Profile& profile) {
  std::string text;
  profile_fields(profile, [&](const char* key, const auto& field) {
    std::string value = YamlValue{}(field);
    const ProfileRule::Form form = rule_of(key).form;
    if (value == "\"\"" && form == ProfileRule::Form::kArchitecture) value = "any";
    if (value == "\"\"" &&
        (form == ProfileRule::Form::kPathOrNone || form == ProfileRule::Form::kSumOrNone))
      value = "none";
    text += fmt::format("# {}\n{}: {}\n", rule_of(key).about, key, value);
  });
  return text;
}

}  // namespace touchstone
