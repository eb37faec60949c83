#include "suites/facts_host.h"

#include <algorithm>

#include <fmt/format.h>

#include "harness/parse/json_path.h"
#include "suites/config_places.h"
#include "suites/environment_rules.h"
#include "suites/known.h"
#include "suites/probes.h"
#include "suites/probes_config.h"
#include "suites/probes_container.h"
#include "suites/probes_environment.h"
#include "suites/requirements.h"

namespace touchstone {
namespace {

using Facts = std::map<std::string, std::string>;

// MindIE's config.json has about 100 values, none of them long. Of a larger one nothing is kept: a
// part would be compared as if it were all.
constexpr std::size_t kValues = 400, kPathBytes = 200, kValueBytes = 200;

void put_known(Facts& facts, const std::string& key, const std::string& value) {
  if (!value.empty()) facts[key] = value;
}

void add_versions(const EvidenceBook& book, const std::string& host, Facts& facts) {
  if (auto* machine = known(book, host, -1, kMachine))
    put_known(facts, "architecture", machine->architecture);
  if (auto* table = known(book, host, -1, kNpuSmi)) put_known(facts, "driver", table->version);
  if (auto* driver = known(book, host, -1, kDriverInfo))
    put_known(facts, "installed-driver", driver->version);
  if (auto* firmware = known(book, host, -1, kFirmwareInfo))
    put_known(facts, "installed-firmware", firmware->version);
  if (auto* docker = known(book, host, -1, kDockerVersion))
    put_known(facts, "docker", docker->server_version.value_or(""));
  if (auto* info = known(book, host, -1, kDockerInfo))
    put_known(facts, "docker-default-runtime", info->default_runtime);
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

// What was read, by which a value that is gone is told from one that nobody asked for.
const char* const kRead = "read";

void add_container(const EvidenceBook& book, const std::string& host, Facts& facts) {
  if (not_set(book, host, -1, kContainer)) facts["container"] = "";
  const DockerContainer* container = known(book, host, -1, kContainer);
  if (!container) return;
  facts["container"] = kRead;
  facts["container image"] = container->image;
  facts["container image-id"] = container->image_id.substr(0, 12);
  facts["container runtime"] = container->runtime;
  facts["container network"] = container->network;
  facts["container privileged"] = container->privileged ? "true" : "false";
  if (container->shm_bytes) facts["container shm"] = fmt::format("{} bytes", *container->shm_bytes);
  for (const DockerContainer::Mount& mount : container->mounts)
    facts["container mount " + mount.destination] = mount.source + (mount.writable ? "" : " (ro)");
}

// "ServerConfig.password.value": what stands below the name of a secret is one, too.
bool below_secret(std::string_view path, const Secrets& secrets) {
  while (!path.empty()) {
    const std::size_t end = std::min(path.find_first_of(".["), path.size());
    if (secrets.names(path.substr(0, end))) return true;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return false;
}

void add_service_config(const EvidenceBook& book, const std::string& host, Facts& facts) {
  const std::string file = "config.json";
  if (not_set(book, host, -1, kServiceConfig)) facts[file] = "";
  const MindieConfig* config = known(book, host, -1, kServiceConfig);
  if (!config) return;
  Facts values;
  const bool whole = each_value(config->root, [&](const std::string& path, const JsonNode& node) {
    std::string value = below_secret(path, book.inventory().secrets) ? std::string(kRedacted)
                                                                     : compact(*config, node);
    if (path.size() > kPathBytes || value.size() > kValueBytes || values.size() >= kValues)
      return false;
    values[file + " " + path] = std::move(value);
    return true;
  });
  facts[file] = whole ? kRead : "too large to be compared";
  if (whole) facts.merge(values);
}

// Those that the guide or the profile names; others come and go with every login.
void add_variables(const EvidenceBook& book, const std::string& host, Facts& facts) {
  const Environment* shell = known(book, host, -1, kShellEnvironment);
  if (!shell) return;
  for (const std::string& name : known_variables(book.inventory().profile)) {
    const std::string* value = shell->find(name);
    facts["variable " + name] = value ? value->substr(0, kValueBytes) : "";
  }
}

}  // namespace

std::map<std::string, std::string> host_facts(const EvidenceBook& book, const std::string& host) {
  Facts facts;
  add_versions(book, host, facts);
  if (auto* sum = known(book, host, -1, kRankTableSum))
    facts["rank table"] = "sha256 " + sum->digest.substr(0, 16);
  add_container(book, host, facts);
  add_service_config(book, host, facts);
  add_variables(book, host, facts);
  return facts;
}

}  // namespace touchstone
