#include <algorithm>

#include <fmt/format.h>

#include "suites/change_parts.h"
#include "suites/known.h"
#include "suites/probes.h"
#include "suites/probes_container.h"
#include "suites/remedies.h"
#include "suites/with_runtime.h"

namespace touchstone {
namespace {

using Words = std::vector<std::string>;

constexpr double kService = 180;   // starting or stopping Docker, with its containers
constexpr double kInstall = 3600;  // a driver: it builds a kernel module

Change of_host(const Evidence& host, std::string subject, Stage stage, Risk risk, Text what) {
  return {.host = host.target().host,
          .subject = std::move(subject),
          .stage = stage,
          .risk = risk,
          .what = std::move(what)};
}

// Containers that a restart of Docker would stop, besides ours.
std::string other_containers(const Evidence& host) {
  std::string names;
  const ContainerList* list = known(host.book(), host.target().host, -1, kContainers);
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

std::string install_script(const char* option) {
  return fmt::format(
      "[ \"$2\" = \"$(sha256sum <\"$1\" | cut -d\" \" -f1)\" ] || {{ echo \"the checksum of $1 is "
      "not $2\" >&2; exit 1; }}; sh \"$1\" {} --quiet",
      option);
}

void need_package(const std::string& package, const std::string& sum, const char* name) {
  if (package.empty() || sum.empty())
    throw NoEvidence({fmt::format("清单的 site 没有 {0} 与 {0}_sha256", name),
                      fmt::format("`site` in the inventory has no {0} and {0}_sha256", name)});
}

HostCommand install(const std::string& package, const std::string& sum, const char* option) {
  return {.does = shell(install_script(option), {package, sum}), .undoes = {}, .seconds = kInstall};
}

}  // namespace

// Nothing installed: driver, then firmware. An upgrade: firmware first, then driver (trap 9).
std::vector<Change> fix_driver(const Evidence& host) {
  const Profile& profile = host.profile();
  need_package(profile.driver_package, profile.driver_package_sha256, "driver_package");
  need_package(profile.firmware_package, profile.firmware_package_sha256, "firmware_package");
  const auto& installed = host.parsed(kDriverInfo);
  const bool none = !installed && installed.refusal().kind == Refusal::Kind::kNotSet;
  const std::string driver = on_host(host.host(), profile.driver_package),
                    firmware = on_host(host.host(), profile.firmware_package);
  Change change =
      of_host(host, "driver and firmware", Stage::kDriver, Risk::kDisruptive,
              {fmt::format("{}驱动 {} 与固件 {};完成后需要重启主机", none ? "安装" : "升级",
                           profile.driver, profile.firmware),
               fmt::format("{} driver {} and firmware {}; a reboot is due afterwards",
                           none ? "install" : "upgrade to", profile.driver, profile.firmware)});
  change.reads = {"cat", on_host(host.host(), "/usr/local/Ascend/driver/version.info")};
  change.was = state_of(host, kDriverInfo);
  change.may_stay = true;  // where only the firmware was another
  change.interrupts = {
      "该主机上的所有 NPU 任务;需要重启主机(不会自动重启)",
      "everything that uses the NPUs of this host; the reboot that is due is left to you"};
  // What runs is the old one until the reboot: that is no reason to install it once more.
  change.guards = {
      {.argv = shell("! { grep -q \"^Version=$2\" \"$1/driver/version.info\" && grep -q "
                     "\"^Version=$3\" \"$1/firmware/version.info\"; }",
                     {on_host(host.host(), "/usr/local/Ascend"), profile.driver, profile.firmware}),
       .otherwise = {"两者都已安装,请重启主机", "both are installed already; reboot the host"}}};
  if (!none)
    change.guards.push_back(
        {.argv = shell("test \"$(npu-smi info | grep -c 'No running processes found in NPU')\" "
                       "-ge \"$1\"",
                       {std::to_string(host.host().npus)}),
         .otherwise = {"有进程在使用 NPU,先停止服务", "NPUs are in use; stop the service first"}});
  if (none)
    change.commands = {install(driver, profile.driver_package_sha256, "--full"),
                       install(firmware, profile.firmware_package_sha256, "--full")};
  else
    change.commands = {install(firmware, profile.firmware_package_sha256, "--upgrade"),
                       install(driver, profile.driver_package_sha256, "--upgrade")};
  return {change};
}

std::vector<Change> fix_firmware(const Evidence& npu) {
  ReadLog log;
  return fix_driver(
      Evidence(npu.book(), {.group = npu.group().name, .host = npu.target().host}, log));
}

std::vector<Change> fix_docker_service(const Evidence& host) {
  const SystemctlActive& active = host[kDockerActive];
  const auto& parsed = host.parsed(kDockerEnabled);
  if (!parsed && parsed.refusal().kind == Refusal::Kind::kNotSet)
    throw NoEvidence(
        {"没有 docker.service:先安装 Docker", "there is no docker.service; install Docker first"});
  const SystemctlEnabled& enabled = host[kDockerEnabled];
  Change change =
      of_host(host, "docker.service", Stage::kDockerService, Risk::kService,
              {"启动 docker.service 并设为开机自启", "start docker.service, now and at boot"});
  change.reads = shell("systemctl is-active docker; systemctl is-enabled docker");
  change.was = host.answer(kDockerActive)->out + "\n" + state_of(host, kDockerEnabled);
  if (!enabled.enabled)
    change.commands.push_back({.does = {"systemctl", "enable", "docker"},
                               .undoes = {"systemctl", "disable", "docker"},
                               .seconds = kService});
  if (!active.active)
    change.commands.push_back({.does = {"systemctl", "start", "docker"},
                               .undoes = {"systemctl", "stop", "docker"},
                               .seconds = kService});
  return {change};
}

std::vector<Change> fix_ascend_runtime(const Evidence& host) {
  if (!known(host.book(), host.target().host, -1, kRuntimeInfo))
    throw NoEvidence(
        {"Ascend Docker Runtime 没有安装:请先用它的安装包 --install",
         "Ascend Docker Runtime is not installed; install it with its own package first"});
  const std::optional<std::string> was = text_of_file(host, kDaemonJson);
  const bool as_default = host.profile().container_start == "runtime";
  const std::string text = with_ascend_runtime(was.value_or("{}"), as_default);
  Change change = of_host(host, "/etc/docker/daemon.json", Stage::kDockerFiles, Risk::kDisruptive,
                          {"在 Docker 中注册 Ascend 运行时,并重启 Docker",
                           "register the Ascend runtime with Docker, and restart Docker"});
  const std::string others = other_containers(host);
  change.interrupts = {
      "该主机上的所有容器" + (others.empty() ? "" : ",包括 " + others),
      "all containers of this host" + (others.empty() ? "" : ", " + others + " among them")};
  const Words restart{"systemctl", "restart", "docker"};
  if (was == text) {  // right, and not in force
    change.reads = shell(kRuntimes);
    change.was = runtimes_told(host.answer(kDockerInfo)->out);
    change.commands = {{.does = restart, .undoes = {}, .seconds = kService}};
    return {change};
  }
  change.file = FileChange{.path = on_host(host.host(), "/etc/docker/daemon.json"),
                           .content = text,
                           .was = was,
                           .mode = was ? "" : "644",
                           .owner = ""};
  change.commands = {{.does = restart, .undoes = restart, .seconds = kService}};
  return {change};
}

std::vector<Change> fix_runc_owner(const Evidence& host) {
  const FileStat& runc = host[kRuncStat];
  const std::string path = on_host(host.host(), "/usr/bin/runc"),
                    before = fmt::format("{}:{}", runc.uid, runc.gid);
  Change change =
      of_host(host, "/usr/bin/runc", Stage::kRunc, Risk::kSafe,
              {"/usr/bin/runc 的属主改为 root:root", "give /usr/bin/runc to root:root"});
  change.reads = {"stat", "-L", "-c", "%u:%g", path};
  change.was = before;
  change.becomes = "0:0";
  change.commands = {{.does = {"chown", "root:root", path}, .undoes = {"chown", before, path}}};
  return {change};
}

// The line of the main file that has lost its $MAINPID (the guide's here-document swallows it).
std::vector<Change> fix_docker_unit(const Evidence& host) {
  const auto reload = host[kDockerUnit].in_force("Service", "ExecReload");
  const std::optional<std::string> whole = text_of_file(host, kDockerUnit);
  const std::size_t head = whole ? whole->find('\n') : std::string::npos;
  if (reload.size() != 1 || head == std::string::npos || !whole->starts_with("# /") ||
      whole->find("\n# /", head) != std::string::npos)
    throw NoEvidence({"单元由几个文件组成,或没有 ExecReload:请手工修改",
                      "the unit has several files, or no ExecReload: edit it by hand"});
  const std::string path = whole->substr(2, head - 2), text = whole->substr(head + 1);
  std::string fixed;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string line = text.substr(at, end - at);
    if (line.starts_with("ExecReload=")) {
      while (line.ends_with(' ') || line.ends_with('\r')) line.pop_back();
      line += " $MAINPID";
    }
    fixed += line + (end < text.size() ? "\n" : "");
    at = end + 1;
  }
  Change change = of_host(host, path, Stage::kDockerFiles, Risk::kSafe,
                          {"在 ExecReload 中写入 $MAINPID", "write $MAINPID into ExecReload"});
  change.file = FileChange{.path = on_host(host.host(), path), .content = fixed, .was = text};
  const Words again{"systemctl", "daemon-reload"};
  change.commands = {{.does = again, .undoes = again, .seconds = 60}};
  return {change};
}

}  // namespace touchstone
