#include "harness/parse/json_path.h"

#include "harness/parse/lines.h"

namespace touchstone {

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

}  // namespace touchstone
