#include "harness/parse/docker.h"

#include <fmt/format.h>

#include "harness/model/said.h"
#include "harness/parse/docker_messages.h"
#include "harness/parse/json_path.h"
#include "harness/parse/lines.h"
#include "harness/parse/shell_messages.h"

namespace touchstone {
namespace {

using Type = JsonNode::Type;

// {"ascend": {"path": "/usr/…"}, "runc": {"path": "runc"}}
std::map<std::string, std::string> runtimes_of(const JsonNode& root, std::string_view key) {
  std::map<std::string, std::string> runtimes;
  if (const JsonNode* node = root.find(key))
    for (const auto& [name, runtime] : node->members)
      runtimes.emplace(name, text_at(runtime, {"path"}));
  return runtimes;
}

// The JSON in what the command printed; podman and docker put warnings and messages on lines of
// their own around it.
Parsed<JsonNode> json_of(std::string_view out, std::string_view err, std::string_view command) {
  const std::size_t brace = out.find('{');
  const std::string_view before = out.substr(0, brace);
  const bool own_line = is_blank(before) || before.ends_with('\n');
  if (brace == std::string_view::npos || !own_line) {
    for (const std::string_view text : {out, err})
      if (auto refusal = docker_engine_message(text, "")) return *refusal;
    auto lines = lines_of_command(out, err, command);
    if (!lines) return lines.refusal();
    if (auto refusal = shell_message(lines.value().front().text)) return *refusal;
    return malformed(lines.value().front(), said("{} 的 JSON", "the JSON of {}", command));
  }
  std::string_view json = out.substr(brace);
  // A message of the client may follow the JSON where both streams were pasted.
  if (const std::size_t end = json.rfind('}'); end != std::string_view::npos) {
    const std::string_view behind = json.substr(end + 1);
    if (docker_engine_message(behind, "") || trim(behind).starts_with("WARNING"))
      json = json.substr(0, end + 1);
  }
  return read_json(json);
}

DockerVersion podman_version(const JsonNode& root) {
  DockerVersion version{.product = "podman",
                        .client_version = text_at(root, {"Client", "Version"}),
                        .api_version = text_at(root, {"Client", "APIVersion"})};
  const std::string os_arch = text_at(root, {"Client", "OsArch"});
  version.arch = os_arch.substr(os_arch.find('/') + 1);
  if (const std::string server = text_at(root, {"Server", "Version"}); !server.empty())
    version.server_version = server;
  return version;
}

DockerVersion docker_version(const JsonNode& root) {
  DockerVersion version{.product = "docker",
                        .client_version = text_at(root, {"Client", "Version"}),
                        .api_version = text_at(root, {"Client", "ApiVersion"}),
                        .arch = text_at(root, {"Client", "Arch"})};
  if (const std::string server = text_at(root, {"Server", "Version"}); !server.empty())
    version.server_version = server;
  return version;
}

DockerInfo podman_info(const JsonNode& root) {
  const std::string runtime = text_at(root, {"host", "ociRuntime", "name"});
  return {.product = "podman",
          .server_version = text_at(root, {"version", "Version"}),
          .default_runtime = runtime,
          .runtimes = {{runtime, text_at(root, {"host", "ociRuntime", "path"})}},
          .root_dir = text_at(root, {"store", "graphRoot"}),
          .driver = text_at(root, {"store", "graphDriverName"}),
          .cgroup_driver = text_at(root, {"host", "cgroupManager"}),
          .architecture = text_at(root, {"host", "arch"}),
          .containers = number_at(root, {"store", "containerStore", "number"}),
          .containers_running = number_at(root, {"store", "containerStore", "running"}),
          .memory_bytes = number_at(root, {"host", "memTotal"})};
}

// `docker info` of a client without an engine prints its JSON all the same, with the reason in it.
std::optional<Refusal> server_errors(const JsonNode& root) {
  const JsonNode* errors = root.find("ServerErrors");
  if (!errors || errors->items.empty()) return std::nullopt;
  const std::string& first = errors->items.front().text;
  if (auto refusal = docker_engine_message(first, text_at(root, {"ClientInfo", "Version"})))
    return refusal;
  return Refusal{.kind = Refusal::Kind::kErrorText,
                 .reason = said("docker 引擎报告 {}", "docker's engine says {}", quoted(first))};
}

// A string where there is one; any other type is a mistake that dockerd would not start with.
std::optional<Refusal> take_string(const JsonNode& root, std::string_view key,
                                   std::optional<std::string>& value) {
  const JsonNode* node = root.find(key);
  if (!node) return std::nullopt;
  if (node->type != Type::kString) return wrong_type(*node, key, name_of(Type::kString));
  value = node->text;
  return std::nullopt;
}

}  // namespace

Parsed<DockerVersion> parse_docker_version(std::string_view out, std::string_view err) {
  auto root = json_of(out, err, "docker version");
  if (!root) return root.refusal();
  const JsonNode* client = root.value().find("Client");
  if (!client || client->type != Type::kObject)
    return malformed({"JSON 中没有 \"Client\":请执行 docker version --format '{{json .}}'",
                      "the JSON has no \"Client\": ask docker version --format '{{json .}}'"});
  const bool podman = client->find("APIVersion") != nullptr;
  const DockerVersion version =
      podman ? podman_version(root.value()) : docker_version(root.value());
  if (version.client_version.empty())
    return malformed({"JSON 中没有 Client.Version", "the JSON has no Client.Version"});
  if (!version.server_version)
    for (const std::string_view text : {err, out})
      if (auto refusal = docker_engine_message(text, version.client_version)) return *refusal;
  return version;
}

Parsed<DockerInfo> parse_docker_info(std::string_view out, std::string_view err) {
  auto json = json_of(out, err, "docker info");
  if (!json) return json.refusal();
  const JsonNode& root = json.value();
  if (root.find("host") && root.find("store")) return podman_info(root);
  if (auto refusal = server_errors(root)) return *refusal;
  DockerInfo info{.product = "docker",
                  .server_version = text_at(root, {"ServerVersion"}),
                  .default_runtime = text_at(root, {"DefaultRuntime"}),
                  .runtimes = runtimes_of(root, "Runtimes"),
                  .root_dir = text_at(root, {"DockerRootDir"}),
                  .driver = text_at(root, {"Driver"}),
                  .cgroup_driver = text_at(root, {"CgroupDriver"}),
                  .architecture = text_at(root, {"Architecture"}),
                  .containers = number_at(root, {"Containers"}),
                  .containers_running = number_at(root, {"ContainersRunning"}),
                  .memory_bytes = number_at(root, {"MemTotal"})};
  if (!info.server_version.empty()) return info;
  for (const std::string_view text : {err, out})
    if (auto refusal = docker_engine_message(text, "")) return *refusal;
  return malformed({"JSON 中没有 ServerVersion:请执行 docker info --format '{{json .}}'",
                    "the JSON has no ServerVersion: ask docker info --format '{{json .}}'"});
}

Parsed<DaemonJson> parse_daemon_json(std::string_view out, std::string_view err) {
  auto json = read_json_file(out, err, "cat /etc/docker/daemon.json");
  if (!json) return json.refusal();
  const JsonNode& root = json.value();
  if (root.type != Type::kObject) return wrong_type(root, "daemon.json", name_of(Type::kObject));
  DaemonJson daemon;
  for (auto [key, value] : {std::pair{"default-runtime", &daemon.default_runtime},
                            std::pair{"default-shm-size", &daemon.default_shm_size},
                            std::pair{"data-root", &daemon.data_root}})
    if (auto refusal = take_string(root, key, *value)) return *refusal;
  if (const JsonNode* runtimes = root.find("runtimes"); runtimes && runtimes->type != Type::kObject)
    return wrong_type(*runtimes, "runtimes", name_of(Type::kObject));
  daemon.runtimes = runtimes_of(root, "runtimes");
  return daemon;
}

}  // namespace touchstone
