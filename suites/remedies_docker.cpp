#include <algorithm>

#include <fmt/format.h>

#include "suites/change_parts.h"
#include "suites/known.h"
#include "suites/probes.h"
#include "suites/remedies.h"
#include "suites/remedies_docker.h"

namespace touchstone {
namespace {

using Words = std::vector<std::string>;

constexpr double kDockerSeconds = 180;  // starting or stopping Docker, with its containers

}  // namespace

HostCommand enable_docker() {
  return {.does = {"systemctl", "enable", "docker"},
          .undoes = {"systemctl", "disable", "docker"},
          .seconds = kDockerSeconds};
}

HostCommand start_docker() {
  return {.does = {"systemctl", "start", "docker"},
          .undoes = {"systemctl", "stop", "docker"},
          .seconds = kDockerSeconds};
}

Change docker_service_change(const Evidence& host) {
  Change change = change_of_host(
      host, "docker.service", Stage::kDockerService, Risk::kService,
      {"启动 docker.service 并设为开机自启", "start docker.service, now and at boot"});
  change.reads = shell("systemctl is-active docker; systemctl is-enabled docker");
  return change;
}

std::vector<Change> fix_docker_service(const Evidence& host) {
  const SystemctlActive& active = host[kDockerActive];
  if (refused_as(host.parsed(kDockerEnabled), Refusal::Kind::kNotSet)) return install_docker(host);
  const SystemctlEnabled& enabled = host[kDockerEnabled];
  Change change = docker_service_change(host);
  change.was = host.answer(kDockerActive)->out + "\n" + state_of(host, kDockerEnabled);
  if (!enabled.enabled) change.commands.push_back(enable_docker());
  if (!active.active) change.commands.push_back(start_docker());
  return {change};
}

std::vector<Change> fix_runc_owner(const Evidence& host) {
  const FileStat& runc = host[kRuncStat];
  const std::string path = on_host(host.host(), "/usr/bin/runc"),
                    before = fmt::format("{}:{}", runc.uid, runc.gid);
  Change change =
      change_of_host(host, "/usr/bin/runc", Stage::kRunc, Risk::kSafe,
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
  Change change =
      change_of_host(host, path, Stage::kDockerFiles, Risk::kSafe,
                     {"在 ExecReload 中写入 $MAINPID", "write $MAINPID into ExecReload"});
  change.file = FileChange{.path = on_host(host.host(), path), .content = fixed, .was = text};
  const Words again{"systemctl", "daemon-reload"};
  change.commands = {{.does = again, .undoes = again, .seconds = 60}};
  return {change};
}

}  // namespace touchstone
