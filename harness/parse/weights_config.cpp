#include "harness/parse/weights_config.h"

#include <fmt/format.h>

#include "harness/model/said.h"
#include "harness/parse/json_text.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

using Type = JsonNode::Type;

std::string text_of(const JsonNode* node) {
  return node && node->type == Type::kString ? node->text : std::string();
}

// The first member of this name, at any depth: MindIE has moved it between its versions.
const JsonNode* anywhere(const JsonNode& node, std::string_view key) {
  if (const JsonNode* own = node.find(key)) return own;
  for (const auto& [name, member] : node.members)
    if (const JsonNode* inner = anywhere(member, key)) return inner;
  for (const JsonNode& item : node.items)
    if (const JsonNode* inner = anywhere(item, key)) return inner;
  return nullptr;
}

// "KEY" : "VALUE" in a text that is no strict JSON, the first that has a string behind it.
std::optional<std::string> scanned(std::string_view text, std::string_view key) {
  const std::string wanted = fmt::format("\"{}\"", key);
  for (std::size_t at = text.find(wanted); at != std::string_view::npos;
       at = text.find(wanted, at + 1)) {
    std::string_view rest = text.substr(at + wanted.size());
    rest = trim(rest.substr(0, rest.find('\n')));
    if (!rest.starts_with(':')) continue;
    rest = trim(rest.substr(1));
    const std::size_t end = rest.find('"', 1);
    if (!rest.starts_with('"') || end == std::string_view::npos) continue;
    auto value = read_json(rest.substr(0, end + 1));
    if (value) return value.value().text;
  }
  return std::nullopt;
}

std::string without_slash(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

}  // namespace

Parsed<WeightsConfig> parse_weights_config(std::string_view out, std::string_view err) {
  auto json = read_json_file(out, err, "cat config.json");
  if (!json) return json.refusal();
  const JsonNode& root = json.value();
  if (root.type != Type::kObject) return wrong_type(root, "config.json", name_of(Type::kObject));
  WeightsConfig config{.model_type = text_of(root.find("model_type")),
                       .torch_dtype = text_of(root.find("torch_dtype")),
                       .quantize = text_of(root.find("quantize"))};
  if (const JsonNode* quantization = root.find("quantization_config"))
    config.quant_method = text_of(quantization->find("quant_method"));
  if (config.model_type.empty() && !root.find("architectures"))
    return malformed({"config.json 既没有 model_type 也没有 architectures:不是模型的配置",
                      "config.json has neither model_type nor architectures: no model's"});
  return config;
}

Parsed<QuantDescription> parse_quant_description(std::string_view out, std::string_view err) {
  if (auto refusal = no_file(out, err, Text{"量化描述", "the quantisation description"}))
    return *refusal;
  constexpr std::string_view kKey = "model_quant_type";
  const std::string_view text = trim(out);
  if (text.starts_with('{')) {
    auto json = read_json(text);
    if (!json) return json.refusal();
    const std::string type = text_of(json.value().find(kKey));
    if (!type.empty()) return QuantDescription{type};
  } else if (text.starts_with("\"model_quant_type\"")) {
    if (const auto type = scanned(text, kKey); type && !type->empty())
      return QuantDescription{*type};
  } else {
    return malformed(said("{} 不是量化描述", "{} is no quantisation description", quoted(text)));
  }
  return Refusal{.kind = Refusal::Kind::kNotSet,
                 .reason = {"量化描述没有 model_quant_type",
                            "the quantisation description has no model_quant_type"}};
}

Parsed<WeightsPath> parse_weights_path(std::string_view out, std::string_view err) {
  if (auto refusal = no_file(out, err, "cat conf/config.json")) return *refusal;
  constexpr std::string_view kKey = "modelWeightPath";
  std::optional<std::string> path;
  if (auto json = read_json(out)) {
    const JsonNode* node = anywhere(json.value(), kKey);
    if (node && node->type == Type::kString) path = node->text;
  } else {
    path = scanned(out, kKey);
  }
  if (!path || path->empty())
    return Refusal{.kind = Refusal::Kind::kNotSet,
                   .reason = {"服务的 config.json 没有 modelWeightPath",
                              "the service's config.json has no modelWeightPath"}};
  for (const char c : *path)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      return malformed(said("modelWeightPath 中有控制字符:{}",
                            "modelWeightPath holds a control character: {}", quoted(*path)));
  if (!path->starts_with('/'))
    return malformed(said("modelWeightPath 是 {},应为绝对路径",
                          "modelWeightPath is {}, expected an absolute path", quoted(*path)));
  return WeightsPath{without_slash(*path)};
}

}  // namespace touchstone
