#include "suites/config_edit.h"

#include <cstdlib>
#include <vector>

#include <fmt/format.h>

#include "harness/model/evidence.h"
#include "harness/model/said.h"
#include "harness/parse/json_path.h"

namespace touchstone {
namespace {

using Type = JsonNode::Type;

JsonNode parsed(std::string_view text, const std::string& file) {
  auto root = read_json(text);
  if (!root)
    throw NoEvidence(said("{} 不是严格 JSON,不能自动修改:{}",
                          "{} is no strict JSON and must be edited by hand: {}", file,
                          root.refusal().reason));
  return std::move(root.value());
}

// Where a key is or would be.
struct Spot {
  const JsonNode* object = nullptr;
  std::string key;
  const JsonNode* value = nullptr;  // null: the key is not there
};

// "name[0]" → "name", {0}
std::pair<std::string, std::vector<std::size_t>> parts_of(std::string_view segment) {
  const std::size_t open = std::min(segment.find('['), segment.size());
  std::vector<std::size_t> places;
  for (std::size_t at = open; at < segment.size(); at = segment.find('[', at + 1))
    places.push_back(std::strtoul(std::string(segment.substr(at + 1)).c_str(), nullptr, 10));
  return {std::string(segment.substr(0, open)), places};
}

void find_spots(const JsonNode& node, std::string_view path, std::vector<Spot>& spots) {
  if (node.type == Type::kArray) {
    for (const JsonNode& item : node.items) find_spots(item, path, spots);
    return;
  }
  if (node.type != Type::kObject) return;
  const std::size_t dot = std::min(path.find('.'), path.size());
  const auto [key, places] = parts_of(path.substr(0, dot));
  const JsonNode* value = node.find(key);
  if (dot == path.size()) {
    if (places.empty()) spots.push_back({&node, key, value});
    return;
  }
  for (const std::size_t place : places) {
    if (!value || value->type != Type::kArray || place >= value->items.size()) return;
    value = &value->items[place];
  }
  if (value) find_spots(*value, path.substr(dot + 1), spots);
}

// Behind the last member, with the blanks that stand before that one and around its colon.
std::string inserted(std::string_view text, const Spot& spot, const std::string& json) {
  const auto& members = spot.object->members;
  if (members.empty())
    return fmt::format("{}{{{}: {}}}{}", text.substr(0, spot.object->begin), json_string(spot.key),
                       json, text.substr(spot.object->end));
  const JsonNode& last = members.back().value;
  const std::size_t from =
      members.size() > 1 ? members[members.size() - 2].value.end : spot.object->begin + 1;
  const std::size_t key = text.find('"', from);
  std::size_t key_end = key + 1;
  while (text[key_end] != '"') key_end += text[key_end] == '\\' ? 2 : 1;
  std::string_view indent = text.substr(from, key - from);
  if (const std::size_t comma = indent.find(','); comma != std::string_view::npos)
    indent.remove_prefix(comma + 1);
  const std::string_view colon = text.substr(key_end + 1, last.begin - key_end - 1);
  if (members.size() == 1 && indent.empty() && colon.ends_with(' ')) indent = " ";
  return fmt::format("{},{}{}{}{}{}", text.substr(0, last.end), indent, json_string(spot.key),
                     colon, json, text.substr(last.end));
}

// One value at one spot more than before; false: all are as they should be.
bool step(std::string& text, const std::string& path, const std::string& json,
          const std::string& file) {
  const JsonNode root = parsed(text, file);
  std::vector<Spot> spots;
  find_spots(root, path, spots);
  if (spots.empty())
    throw NoEvidence({file + " 中没有 " + path + " 所在的对象,请手工添加",
                      file + " has no object that " + path + " would be in; add it by hand"});
  for (const Spot& spot : spots) {
    if (!spot.value) {
      text = inserted(text, spot, json);
      return true;
    }
    const std::size_t size = spot.value->end - spot.value->begin;
    if (std::string_view(text).substr(spot.value->begin, size) == json) continue;
    text.replace(spot.value->begin, size, json);
    return true;
  }
  return false;
}

// By its path each value as it is written.
std::map<std::string, std::string> values_of(std::string_view text, const std::string& file) {
  std::map<std::string, std::string> values;
  each_value(parsed(text, file), [&](const std::string& path, const JsonNode& value) {
    values[path] = std::string(text.substr(value.begin, value.end - value.begin));
    return true;
  });
  return values;
}

std::string without_places(const std::string& path) {
  std::string plain;
  bool inside = false;
  for (const char c : path) {
    inside = (inside || c == '[') && c != ']';
    if (!inside && c != ']') plain += c;
  }
  return plain;
}

[[noreturn]] void refuse(const std::string& file) {
  throw NoEvidence({"修改结果与预期不符,未提出修改,请手工修改 " + file,
                    "the changed text is not what was meant, so nothing is proposed; edit " + file +
                        " by hand"});
}

// Nobody may find anything else in the file than what was meant.
void prove(std::string_view before, std::string_view after, const ConfigValues& values,
           const std::string& file) {
  const std::map<std::string, std::string> old = values_of(before, file),
                                           now = values_of(after, file);
  const auto meant = [&](const std::string& path) -> const std::string* {
    const auto at = values.find(path);
    const auto each = values.find(without_places(path));
    return at != values.end() ? &at->second : each != values.end() ? &each->second : nullptr;
  };
  bool right = true;
  for (const auto& [path, value] : now) {
    const std::string* wanted = meant(path);
    const auto was = old.find(path);
    right = right && (wanted ? value == *wanted : was != old.end() && was->second == value);
  }
  for (const auto& [path, value] : old)
    right = right && (now.contains(path) || value.starts_with('{') || meant(path));
  if (!right) refuse(file);
}

}  // namespace

std::string edit_config(std::string_view text, const ConfigValues& values,
                        const std::string& file) {
  std::string edited(text);
  for (const auto& [path, json] : values) {
    if (!read_json(json)) refuse(file);  // another host's value must not bring anything along
    int steps = 0;
    while (step(edited, path, json, file))
      if (++steps > 1000) throw NoEvidence({file + " 过大", file + " is too large"});
  }
  prove(text, edited, values, file);
  return edited;
}

std::string json_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      quoted += fmt::format("\\{}", c);
    else if (static_cast<unsigned char>(c) < ' ')
      quoted += fmt::format("\\u{:04x}", c);
    else
      quoted += c;
  }
  return quoted + "\"";
}

}  // namespace touchstone
