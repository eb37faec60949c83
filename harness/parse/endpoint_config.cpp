#include "harness/parse/endpoint_config.h"

#include "harness/parse/json_path.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

using Type = JsonNode::Type;

std::optional<Refusal> take_port(const JsonNode* server, std::string_view key, int& port) {
  const JsonNode* node = member(server, key);
  if (!node) return std::nullopt;
  const auto number = node->type == Type::kNumber ? integer_of(node->text) : std::nullopt;
  if (!number || *number < 1 || *number > 65535)
    return wrong_type(*node, key, Text{"端口", "a port"});
  port = static_cast<int>(*number);
  return std::nullopt;
}

}  // namespace

Parsed<EndpointConfig> parse_endpoint_config(std::string_view out, std::string_view err) {
  const auto root = read_json_file(out, err, "cat conf/config.json");
  if (!root) return root.refusal();
  const JsonNode* server = member(&root.value(), "ServerConfig");
  if (!server) return malformed({"JSON 中没有 ServerConfig", "the JSON has no ServerConfig"});
  EndpointConfig config;
  if (auto refusal = take_port(server, "port", config.port)) return *refusal;
  if (auto refusal = take_port(server, "managementPort", config.management_port)) return *refusal;
  if (const JsonNode* https = member(server, "httpsEnabled")) {
    if (https->type != Type::kBoolean)
      return wrong_type(*https, "httpsEnabled", name_of(Type::kBoolean));
    config.https = https->text == "true";
  }
  if (const JsonNode* address = member(server, "managementIpAddress")) {
    if (address->type != Type::kString)
      return wrong_type(*address, "managementIpAddress", name_of(Type::kString));
    if (!address->text.empty()) config.management_address = address->text;
  }
  const JsonNode* models =
      member(member(member(&root.value(), "BackendConfig"), "ModelDeployConfig"), "ModelConfig");
  if (models && models->type == Type::kArray && !models->items.empty())
    if (const JsonNode* name = member(&models->items.front(), "modelName");
        name && name->type == Type::kString)
      config.model_name = name->text;
  return config;
}

}  // namespace touchstone
