#include "harness/parse/json_path.h"

#include <algorithm>

#include "harness/parse/lines.h"

namespace touchstone {
namespace {

bool each_below(const JsonNode& node, const std::string& path, const EachValue& each) {
  const bool of_objects =
      node.type == JsonNode::Type::kArray &&
      std::any_of(node.items.begin(), node.items.end(),
                  [](const JsonNode& item) { return item.type == JsonNode::Type::kObject; });
  if (node.members.empty() && !of_objects) return each(path, node);
  for (const JsonMember& member : node.members)
    if (!each_below(member.value, path.empty() ? member.key : path + "." + member.key, each))
      return false;
  for (std::size_t i = 0; i < node.items.size(); ++i)
    if (!each_below(node.items[i], path + "[" + std::to_string(i) + "]", each)) return false;
  return true;
}

}  // namespace

const JsonNode* node_at(const JsonNode& root, JsonPath path) {
  const JsonNode* node = &root;
  for (const std::string_view key : path)
    if (node = node->find(key); !node) return nullptr;
  return node;
}

std::string text_at(const JsonNode& root, JsonPath path) {
  const JsonNode* node = node_at(root, path);
  return node && node->type == JsonNode::Type::kString ? node->text : std::string();
}

std::optional<std::int64_t> number_at(const JsonNode& root, JsonPath path) {
  const JsonNode* node = node_at(root, path);
  return node && node->type == JsonNode::Type::kNumber ? integer_of(node->text) : std::nullopt;
}

const JsonNode* member(const JsonNode* node, std::string_view key) {
  return node ? node->find(key) : nullptr;
}

bool each_value(const JsonNode& root, const EachValue& each) {
  return each_below(root, "", each);
}

}  // namespace touchstone
