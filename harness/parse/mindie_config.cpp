#include "harness/parse/mindie_config.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "harness/parse/lines.h"

namespace touchstone {
namespace {

using Type = JsonNode::Type;
using Place = MindieConfig::Place;

constexpr std::string_view kServer = "ServerConfig";
constexpr std::string_view kBackend = "BackendConfig";
constexpr std::string_view kDeploy = "BackendConfig.ModelDeployConfig";
constexpr std::string_view kModel = "BackendConfig.ModelDeployConfig.ModelConfig";
constexpr std::string_view kSchedule = "BackendConfig.ScheduleConfig";

// Where MindIE reads the parameters that the guide has one change, and those that must fit them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 18> kSections{{
    {"ipAddress", kServer},
    {"managementIpAddress", kServer},
    {"port", kServer},
    {"httpsEnabled", kServer},
    {"interCommTLSEnabled", kServer},
    {"multiNodesInferEnabled", kBackend},
    {"multiNodesInferPort", kBackend},
    {"interNodeTLSEnabled", kBackend},
    {"npuDeviceIds", kBackend},
    {"maxSeqLen", kDeploy},
    {"maxInputTokenLen", kDeploy},
    {"modelName", kModel},
    {"modelWeightPath", kModel},
    {"worldSize", kModel},
    {"maxPrefillBatchSize", kSchedule},
    {"maxPrefillTokens", kSchedule},
    {"maxBatchSize", kSchedule},
    {"maxIterTimes", kSchedule},
}};

// Follows the rest of a path from a node; lists on the way are looked into element by element.
void follow(const JsonNode& node, std::string_view rest, const std::string& path,
            std::vector<Place>& found) {
  if (node.type == Type::kArray) {
    for (std::size_t i = 0; i < node.items.size(); ++i)
      follow(node.items[i], rest, fmt::format("{}[{}]", path, i), found);
    return;
  }
  const std::size_t dot = std::min(rest.find('.'), rest.size());
  const std::string_view key = rest.substr(0, dot);
  const JsonNode* member = node.find(key);
  if (!member) return;
  const std::string here = path.empty() ? std::string(key) : fmt::format("{}.{}", path, key);
  if (dot == rest.size())
    found.push_back({here, &node, member});
  else
    follow(*member, rest.substr(dot + 1), here, found);
}

void collect(const JsonNode& node, std::string_view key, const std::string& path,
             std::vector<Place>& found) {
  for (const auto& [name, value] : node.members) {
    const std::string here = path.empty() ? name : fmt::format("{}.{}", path, name);
    if (name == key) found.push_back({here, &node, &value});
    collect(value, key, here, found);
  }
  for (std::size_t i = 0; i < node.items.size(); ++i)
    collect(node.items[i], key, fmt::format("{}[{}]", path, i), found);
}

}  // namespace

std::string config_path_of(std::string_view key) {
  const auto at = std::find_if(kSections.begin(), kSections.end(),
                               [&](const auto& one) { return one.first == key; });
  return at == kSections.end() ? std::string(key) : fmt::format("{}.{}", at->second, key);
}

std::vector<Place> MindieConfig::read_at(std::string_view key) const {
  const std::string path = config_path_of(key);
  if (path.find('.') == std::string::npos) return all_of(key);
  std::vector<Place> found;
  follow(root, path, "", found);
  return found;
}

std::vector<Place> MindieConfig::all_of(std::string_view key) const {
  std::vector<Place> found;
  collect(root, key.substr(key.rfind('.') + 1), "", found);
  return found;
}

Parsed<MindieConfig> parse_mindie_config(std::string_view out, std::string_view err) {
  auto root = read_json_file(out, err, "cat conf/config.json");
  if (!root) return root.refusal();
  if (!root.value().find(kServer) && !root.value().find(kBackend))
    return malformed({"其中既没有 \"ServerConfig\" 也没有 \"BackendConfig\":这不是服务的配置",
                      "it has neither \"ServerConfig\" nor \"BackendConfig\": this is not the "
                      "configuration of the service"});
  return MindieConfig{.text = std::string(out), .root = std::move(root.value())};
}

std::string excerpt_of(std::string_view text, TextPosition at) {
  for (int line = 1; line < at.line; ++line) {
    const std::size_t end = text.find('\n');
    if (end == text.npos) return "";
    text.remove_prefix(end + 1);
  }
  std::string_view line = text.substr(0, text.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  std::string shown, under;
  int column = 0;
  for (const char c : line) {
    const bool begins = (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    column += begins;
    // Chinese is two columns wide where programs print it; tabs would be any width.
    const std::size_t width = c == '\t' ? 4 : static_cast<unsigned char>(c) >= 0xe0 ? 2 : 1;
    if (begins && column < at.column) under.append(width, ' ');
    shown += c == '\t' ? "    " : std::string(1, c);
  }
  const std::string number = std::to_string(at.line);
  return fmt::format("{} | {}\n{} | {}^", number, shown, std::string(number.size(), ' '), under);
}

}  // namespace touchstone
