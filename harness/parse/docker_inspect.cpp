#include "harness/parse/docker_inspect.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/model/said.h"
#include "harness/parse/docker_messages.h"
#include "harness/parse/json_path.h"
#include "harness/parse/lines.h"
#include "harness/parse/shell_messages.h"

namespace touchstone {
namespace {

using Type = JsonNode::Type;

std::optional<bool> flag_at(const JsonNode& root, JsonPath path) {
  const JsonNode* node = node_at(root, path);
  if (!node || node->type != Type::kBoolean) return std::nullopt;
  return node->text == "true";
}

std::string without(const std::string& text, std::string_view prefix) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

// The one object in the array that `inspect` prints. Warnings may stand before it, messages behind.
Parsed<JsonNode> one_of(std::string_view out, std::string_view err, std::string_view what) {
  // A paste has the messages in the same text; what a container says of its own errors is none.
  const bool found = out.find('{') != std::string_view::npos;
  for (const std::string_view text : {err, found ? std::string_view() : out}) {
    if (auto refusal = docker_nothing_found(text)) return *refusal;
    if (auto refusal = docker_engine_message(text, "")) return *refusal;
  }
  const std::size_t bracket = out.find('[');
  const std::string_view before = out.substr(0, bracket);
  if (bracket == std::string_view::npos || !(is_blank(before) || before.ends_with('\n'))) {
    auto lines = lines_of_command(out, err, what);
    if (!lines) return lines.refusal();
    if (auto refusal = shell_message(lines.value().front().text)) return *refusal;
    return malformed(lines.value().front(), said("{} 的数组", "the array of {}", what));
  }
  auto json = read_json(out.substr(bracket));
  if (!json) return json.refusal();
  std::vector<JsonNode>& items = json.value().items;
  if (items.empty())
    return Refusal{.kind = Refusal::Kind::kNotSet,
                   .reason = said("{} 没有找到", "{} found nothing", what)};
  if (items.size() > 1)
    return Refusal{.kind = Refusal::Kind::kSeveral,
                   .reason = said("{} 给出 {} 个,而只查询了一个",
                                  "{} tells of {} where one was asked", what, items.size())};
  if (items.front().type != Type::kObject)
    return malformed(said("{} 给出{},应为{}", "{} gives {}, expected {}", what,
                          name_of(items.front().type), name_of(Type::kObject)));
  return std::move(items.front());
}

std::vector<DockerContainer::Device> devices_of(const JsonNode& root) {
  std::vector<DockerContainer::Device> devices;
  if (const JsonNode* list = node_at(root, {"HostConfig", "Devices"}))
    for (const JsonNode& item : list->items)
      devices.push_back(
          {.host = text_at(item, {"PathOnHost"}), .inside = text_at(item, {"PathInContainer"})});
  return devices;
}

std::vector<DockerContainer::Mount> mounts_of(const JsonNode& root) {
  std::vector<DockerContainer::Mount> mounts;
  if (const JsonNode* list = node_at(root, {"Mounts"}))
    for (const JsonNode& item : list->items)
      mounts.push_back({.source = text_at(item, {"Source"}),
                        .destination = text_at(item, {"Destination"}),
                        .writable = flag_at(item, {"RW"}).value_or(true)});
  return mounts;
}

// "NAME=VALUE"; of two of one name the last one counts, as it does inside.
std::map<std::string, std::string> environment_of(const JsonNode& root) {
  std::map<std::string, std::string> environment;
  if (const JsonNode* list = node_at(root, {"Config", "Env"}))
    for (const JsonNode& item : list->items)
      if (const auto equals = item.text.find('='); equals != std::string::npos)
        environment[item.text.substr(0, equals)] = item.text.substr(equals + 1);
  return environment;
}

std::string status_of(const JsonNode& root, bool running, bool paused) {
  std::string status = text_at(root, {"State", "Status"});
  if (!status.empty()) return status;
  return paused ? "paused" : running ? "running" : "exited";
}

}  // namespace

Parsed<DockerContainer> parse_docker_container(std::string_view out, std::string_view err) {
  auto json = one_of(out, err, "docker container inspect");
  if (!json) return json.refusal();
  const JsonNode& root = json.value();
  const auto running = flag_at(root, {"State", "Running"});
  const auto privileged = flag_at(root, {"HostConfig", "Privileged"});
  const std::string name = without(text_at(root, {"Name"}), "/");
  if (name.empty() || !running || !privileged)
    return malformed(
        {"JSON 缺少 Name、State.Running 或 HostConfig.Privileged:请执行 docker container inspect "
         "NAME",
         "the JSON lacks Name, State.Running or HostConfig.Privileged: ask docker container "
         "inspect NAME"});
  const bool paused = flag_at(root, {"State", "Paused"}).value_or(false);
  const std::string given = text_at(root, {"Config", "Image"});
  return DockerContainer{.name = name,
                         .id = text_at(root, {"Id"}),
                         // Podman names the image beside its configuration, too.
                         .image = given.empty() ? text_at(root, {"ImageName"}) : given,
                         .image_id = without(text_at(root, {"Image"}), "sha256:"),
                         .status = status_of(root, *running, paused),
                         .running = *running && !paused,
                         .exit_code = number_at(root, {"State", "ExitCode"}),
                         .privileged = *privileged,
                         .network = text_at(root, {"HostConfig", "NetworkMode"}),
                         .ipc = text_at(root, {"HostConfig", "IpcMode"}),
                         .shm_bytes = number_at(root, {"HostConfig", "ShmSize"}),
                         .runtime = text_at(root, {"HostConfig", "Runtime"}),
                         .devices = devices_of(root),
                         .mounts = mounts_of(root),
                         .environment = environment_of(root)};
}

Parsed<DockerImage> parse_docker_image(std::string_view out, std::string_view err) {
  auto json = one_of(out, err, "docker image inspect");
  if (!json) return json.refusal();
  const JsonNode& root = json.value();
  DockerImage image{.id = without(text_at(root, {"Id"}), "sha256:"),
                    .architecture = text_at(root, {"Architecture"}),
                    .os = text_at(root, {"Os"}),
                    .size_bytes = number_at(root, {"Size"})};
  const JsonNode* tags = root.find("RepoTags");
  if (image.id.empty() || !tags)
    return malformed({"JSON 缺少 Id 或 RepoTags:请执行 docker image inspect NAME",
                      "the JSON lacks Id or RepoTags: ask docker image inspect NAME"});
  for (const JsonNode& tag : tags->items) image.tags.push_back(tag.text);
  return image;
}

}  // namespace touchstone
