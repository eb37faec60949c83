// Ascend Docker Runtime: installed from the site's package, and registered with Docker.
#include <fmt/format.h>

#include "harness/model/version_range.h"
#include "suites/change_parts.h"
#include "suites/known.h"
#include "suites/probes.h"
#include "suites/probes_container.h"
#include "suites/remedies.h"
#include "suites/with_runtime.h"

namespace touchstone {
namespace {

constexpr double kRestartDocker = 180;  // Docker, with its containers
constexpr double kInstallRuntime = 600;

// Containers that a restart of Docker would stop, besides ours.
std::string other_containers(const Evidence& host) {
  std::string names;
  const ContainerList* list = known(host, kContainers);
  if (!list) return names;
  for (const auto& one : list->rows)
    if (one.running && one.name != host.host().container)
      names += (names.empty() ? "" : ", ") + one.name;
  return names;
}

// Only what stays the same while Docker runs: its full answer counts containers and threads.
const char* const kRuntimes =
    "docker info --format '{{json .}}' | grep -o "
    "'\"ascend\":{[^}]*}\\|\"DefaultRuntime\":\"[^\"]*\"' | sort";

// All that the package writes, but for its log. $1 the package, $2 where paths begin, $3 its
// option. It registers itself with Docker in a form of its own: that is taken back, since we change
// that file ourselves, and keep what else is in it. So is all of it, where it fails.
constexpr const char* kRunPackage =
    "cd \"$2/\" || exit 1\n"
    "l=; for p in usr/local/Ascend/Ascend-Docker-Runtime etc/ascend-docker-runtime.d "
    "etc/docker/daemon.json; do [ ! -e \"$p\" ] || l=\"$l $p\"; done\n"
    "if [ -n \"$l\" ]; then tar -cpf \"$TOUCHSTONE_SAVED\" $l; else : >\"$TOUCHSTONE_SAVED\"; fi "
    "|| exit 1\n"
    "sync\n"
    "again() { [ ! -s \"$TOUCHSTONE_SAVED\" ] || tar -xpf \"$TOUCHSTONE_SAVED\" \"$@\"; }\n"
    "fail() {\n"
    "  rm -rf usr/local/Ascend/Ascend-Docker-Runtime etc/ascend-docker-runtime.d "
    "etc/docker/daemon.json\n"
    "  again; exit 1\n"
    "}\n"
    "trap fail TERM INT HUP\n"
    "(umask 022; sh \"$1\" \"$3\") || fail\n"
    "rm -f etc/docker/daemon.json\n"
    "case $l in *daemon.json*) again etc/docker/daemon.json || fail ;; esac";

// $1 where paths begin.
constexpr const char* kPutBack =
    "cd \"$1/\" && [ -f \"$TOUCHSTONE_SAVED\" ] || exit 1\n"
    "rm -rf usr/local/Ascend/Ascend-Docker-Runtime etc/ascend-docker-runtime.d || exit 1\n"
    "[ -s \"$TOUCHSTONE_SAVED\" ] || exit 0\n"
    "tar -xpf \"$TOUCHSTONE_SAVED\" --exclude=etc/docker/daemon.json";

const char* const kRuntimeInfoFile =
    "/usr/local/Ascend/Ascend-Docker-Runtime/ascend_docker_runtime_install.info";

Change runtime_installed(const Evidence& host, bool upgrade) {
  const Profile& profile = host.profile();
  const SiteFile package =
      needed_file(host.host(), profile.docker_runtime_package,
                  profile.docker_runtime_package_sha256, "docker_runtime_package");
  Change change = change_of_host(
      host, "Ascend Docker Runtime", Stage::kDockerPrograms, Risk::kDisruptive,
      upgrade ? Text{fmt::format("将 Ascend Docker Runtime 升级到 {}", profile.docker_runtime),
                     fmt::format("upgrade Ascend Docker Runtime to {}", profile.docker_runtime)}
              : Text{fmt::format("安装 Ascend Docker Runtime {}", profile.docker_runtime),
                     fmt::format("install Ascend Docker Runtime {}", profile.docker_runtime)});
  change.reads = {"cat", on_host(host.host(), kRuntimeInfoFile)};
  change.was = state_of(host, kRuntimeInfo);
  change.interrupts = {"此刻正在启动的容器", "containers that are being started at this moment"};
  change.guards = {has_its_sum(package)};
  const std::string root = on_host(host.host(), "");
  change.commands = {
      {.does = shell(kRunPackage, {package.path, root, upgrade ? "--upgrade" : "--install"}),
       .undoes = shell(kPutBack, {root}),
       .seconds = kInstallRuntime}};
  return change;
}

// Nothing where Docker knows the runtime as it should.
std::vector<Change> runtime_registered(const Evidence& host) {
  const DockerInfo& info = host[kDockerInfo];
  const std::optional<std::string> was = text_of_file(host, kDaemonJson);
  const bool as_default = host.profile().container_start == "runtime";
  const std::string text = with_ascend_runtime(was.value_or("{}"), as_default);
  if (was == text && info.runtimes.contains("ascend") &&
      (!as_default || info.default_runtime == "ascend"))
    return {};
  Change change =
      change_of_host(host, "/etc/docker/daemon.json", Stage::kDockerFiles, Risk::kDisruptive,
                     {"在 Docker 中注册 Ascend 运行时,并重启 Docker",
                      "register the Ascend runtime with Docker, and restart Docker"});
  const std::string others = other_containers(host);
  change.interrupts = {
      "该主机上的所有容器" + (others.empty() ? "" : ",包括 " + others),
      "all containers of this host" + (others.empty() ? "" : ", " + others + " among them")};
  const std::vector<std::string> restart{"systemctl", "restart", "docker"};
  if (was == text) {  // right, and not in force
    change.reads = shell(kRuntimes);
    change.was = runtimes_told(host.answer(kDockerInfo)->out);
    change.commands = {{.does = restart, .undoes = {}, .seconds = kRestartDocker}};
    return {change};
  }
  change.file = FileChange{.path = on_host(host.host(), "/etc/docker/daemon.json"),
                           .content = text,
                           .was = was,
                           .mode = was ? "" : "644",
                           .owner = ""};
  change.commands = {{.does = restart, .undoes = restart, .seconds = kRestartDocker}};
  return {change};
}

}  // namespace

std::vector<Change> fix_ascend_runtime(const Evidence& host) {
  const InstallInfo* info = known(host, kRuntimeInfo);
  if (!info && !refused_as(host.parsed(kRuntimeInfo), Refusal::Kind::kNotSet))
    throw NoEvidence({"读不出 Ascend Docker Runtime 的安装记录",
                      "the record of Ascend Docker Runtime's installation cannot be read"});
  std::vector<Change> changes;
  if (!info || !version_fits(info->version, host.profile().docker_runtime))
    changes.push_back(runtime_installed(host, info != nullptr));
  for (Change& change : runtime_registered(host)) changes.push_back(std::move(change));
  return changes;
}

}  // namespace touchstone
