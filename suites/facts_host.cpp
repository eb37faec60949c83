#include "suites/facts_host.h"

#include <fmt/format.h>

#include "suites/known.h"
#include "suites/probes.h"
#include "suites/probes_config.h"
#include "suites/probes_container.h"
#include "suites/probes_environment.h"
#include "suites/requirements.h"

namespace touchstone {
namespace {

using Facts = std::map<std::string, std::string>;

constexpr std::size_t kLeaves = 400;  // of one config.json; MindIE's has about 100

void put_known(Facts& facts, const std::string& key, const std::string& value) {
  if (!value.empty()) facts[key] = value;
}

void add_versions(const EvidenceBook& book, const std::string& host, Facts& facts) {
  if (auto* machine = known(book, host, -1, kMachine))
    put_known(facts, "architecture", machine->architecture);
  if (auto* table = known(book, host, -1, kNpuSmi)) put_known(facts, "driver", table->version);
  if (auto* driver = known(book, host, -1, kDriverInfo))
    put_known(facts, "driver installed", driver->version);
  if (auto* firmware = known(book, host, -1, kFirmwareInfo))
    put_known(facts, "firmware installed", firmware->version);
  if (auto* docker = known(book, host, -1, kDockerVersion))
    put_known(facts, "docker", docker->server_version.value_or(""));
  if (auto* info = known(book, host, -1, kDockerInfo))
    put_known(facts, "docker default runtime", info->default_runtime);
  if (auto* runtime = known(book, host, -1, kRuntimeInfo))
    put_known(facts, "ascend-docker-runtime", runtime->version);
  if (auto* toolkit = known(book, host, -1, kToolkitInfo))
    put_known(facts, "cann-toolkit", toolkit->version);
  if (auto* kernels = known(book, host, -1, kKernelsInfo))
    put_known(facts, "cann-kernels", kernels_version(*kernels));
  if (auto* nnal = known(book, host, -1, kNnalInfo)) put_known(facts, "cann-nnal", nnal->version);
  if (auto* mindie = known(book, host, -1, kMindieInfo))
    put_known(facts, "mindie", mindie->version);
}

void add_container(const EvidenceBook& book, const std::string& host, Facts& facts) {
  const DockerContainer* container = known(book, host, -1, kContainer);
  if (!container) return;
  put_known(facts, "container image", container->image);
  put_known(facts, "container image id", container->image_id.substr(0, 12));
  put_known(facts, "container runtime", container->runtime);
  put_known(facts, "container network", container->network);
  put_known(facts, "container privileged", container->privileged ? "true" : "false");
  if (container->shm_bytes)
    put_known(facts, "container shm", fmt::format("{} bytes", *container->shm_bytes));
  for (const DockerContainer::Mount& mount : container->mounts)
    put_known(facts, "mount " + mount.destination, mount.source + (mount.writable ? "" : " (ro)"));
}

void add_leaves(const JsonNode& node, const std::string& path, Facts& facts) {
  if (facts.size() >= kLeaves) return;
  for (const JsonMember& member : node.members)
    add_leaves(member.value, path.empty() ? member.key : path + "." + member.key, facts);
  for (std::size_t i = 0; i < node.items.size(); ++i)
    add_leaves(node.items[i], fmt::format("{}[{}]", path, i), facts);
  if (node.type == JsonNode::Type::kArray && node.items.empty()) facts[path] = "[]";
  if (node.type == JsonNode::Type::kNull) facts[path] = "null";
  if (node.type == JsonNode::Type::kString) facts[path] = fmt::format("\"{}\"", node.text);
  if (node.type == JsonNode::Type::kNumber || node.type == JsonNode::Type::kBoolean)
    facts[path] = node.text;
}

void add_configuration(const EvidenceBook& book, const std::string& host, Facts& facts) {
  if (auto* sum = known(book, host, -1, kRankTableSum))
    put_known(facts, "rank table sha256", sum->digest.substr(0, 16));
  if (auto* config = known(book, host, -1, kServiceConfig)) {
    Facts leaves;
    add_leaves(config->root, "", leaves);
    for (const auto& [path, value] : leaves) facts["config.json " + path] = value;
  }
  // Those that the guide sets; others come and go with every login.
  if (auto* shell = known(book, host, -1, kShellEnvironment)) {
    std::set<std::string> names{"WORLD_SIZE", "MIES_CONTAINER_IP", "RANKTABLEFILE",
                                "RANK_TABLE_FILE"};
    for (const auto& [name, wanted] : book.inventory().profile.environment) names.insert(name);
    for (const std::string& name : names)
      if (const std::string* value = shell->find(name)) facts["variable " + name] = *value;
  }
}

}  // namespace

std::map<std::string, std::string> host_facts(const EvidenceBook& book, const std::string& host) {
  Facts facts;
  add_versions(book, host, facts);
  add_container(book, host, facts);
  add_configuration(book, host, facts);
  return facts;
}

}  // namespace touchstone
