// Docker where there is none: guide 2.2.1 and 2.2.2.
#include <fmt/format.h>

#include "suites/change_parts.h"
#include "suites/known.h"
#include "suites/probes.h"
#include "suites/remedies.h"
#include "suites/remedies_docker.h"

namespace touchstone {
namespace {

constexpr double kUnpackSeconds = 300;
constexpr double kDownloadSeconds = 1800;

constexpr const char* kDockerUnitPath = "/usr/lib/systemd/system/docker.service";

// What systemd needs to know of dockerd; $MAINPID is systemd's own (2.2.5).
constexpr const char* kDockerUnitText =
    "[Unit]\n"
    "Description=Docker Engine, from its archive\n"
    "Documentation=https://docs.docker.com\n"
    "After=network-online.target firewalld.service\n"
    "Wants=network-online.target\n"
    "\n"
    "[Service]\n"
    "Type=notify\n"
    "ExecStart=/usr/bin/dockerd\n"
    "ExecReload=/bin/kill -s HUP $MAINPID\n"
    "LimitNOFILE=infinity\n"
    "LimitNPROC=infinity\n"
    "TimeoutStartSec=0\n"
    "Delegate=yes\n"
    "KillMode=process\n"
    "Restart=on-failure\n"
    "StartLimitBurst=3\n"
    "StartLimitInterval=60s\n"
    "\n"
    "[Install]\n"
    "WantedBy=multi-user.target\n";

constexpr const char* kDockerThere =
    "command -v docker >/dev/null && echo 'docker is there' || echo 'no docker'; systemctl cat "
    "docker >/dev/null 2>&1 && echo 'docker.service is there' || echo 'no docker.service'";

// Takes away from $p the programs that are noted in $TOUCHSTONE_SAVED, each with the sum that it
// was put there with.
constexpr const char* kTakePrograms =
    "take() {\n"
    "  c=0\n"
    "  while read -r s n; do\n"
    "    [ -f \"$p/$n\" ] || continue\n"
    "    h=$(sha256sum <\"$p/$n\")\n"
    "    if [ \"${h%% *}\" = \"$s\" ]; then rm -f \"$p/$n\" || c=1\n"
    "    else echo \"$p/$n is another one by now, and stays\" >&2; c=1; fi\n"
    "  done <\"$TOUCHSTONE_SAVED\"\n"
    "  return $c\n"
    "}\n";

// $1 the archive, $2 where programs are, $3 the only one that is wanted, or nothing. What is there
// already is never replaced. The archive's owner is not the host's (2.2.4). Half of it is taken
// away again at once, since the state that the host compares does not show it.
constexpr const char* kUnpackPrograms =
    "p=$2; umask 022\n"
    ": >\"$TOUCHSTONE_SAVED\" || exit 1\n"
    "t=$(mktemp -d \"$p/.touchstone.XXXXXX\") || exit 1\n"
    "trap 'rm -rf \"$t\"' EXIT\n"
    "fail() { take; exit 1; }\n"
    "trap fail TERM INT HUP\n"
    "tar -xzf \"$1\" -C \"$t\" --no-same-owner || exit 1\n"
    "for n in docker ${3:-dockerd containerd}; do\n"
    "  [ -f \"$t/docker/$n\" ] || { echo \"$1 has no docker/$n\" >&2; exit 1; }\n"
    "done\n"
    "for f in \"$t\"/docker/*; do\n"
    "  n=${f##*/}\n"
    "  [ -z \"$3\" ] || [ \"$n\" = \"$3\" ] || continue\n"
    "  if [ -e \"$p/$n\" ] || [ -L \"$p/$n\" ]; then echo \"$p/$n is there, and stays\"; continue; "
    "fi\n"
    "  chmod 755 \"$f\" && s=$(sha256sum <\"$f\") || fail\n"
    "  printf '%s %s\\n' \"${s%% *}\" \"$n\" >>\"$TOUCHSTONE_SAVED\" || fail\n"
    "  mv \"$f\" \"$p/$n\" || fail\n"
    "done\n"
    "sync";

SiteFile archive_of(const Evidence& host) {
  return needed_file(host.host(), host.profile().docker_archive,
                     host.profile().docker_archive_sha256, "docker_archive");
}

bool has_archive(const Evidence& host) {
  return !host.profile().docker_archive.empty() && !host.profile().docker_archive_sha256.empty();
}

bool no_docker_command(const Evidence& host) {
  const Answer* answer = host.answer(kDockerVersion);
  return answer && answer->end == Answer::End::kNoTool;
}

// The docker command is not there; `unit`: the service is.
Change of_programs(const Evidence& host, bool unit, Text what) {
  Change change = change_of_host(host, "docker programs", Stage::kDockerPrograms, Risk::kService,
                                 std::move(what));
  change.reads = shell(kDockerThere);
  const char* service = unit ? "docker.service is there" : "no docker.service";
  change.was = fmt::format("no docker\n{}", service);
  change.becomes = fmt::format("docker is there\n{}", service);
  return change;
}

// `only`: this program of the archive; empty: all.
Change programs_unpacked(const Evidence& host, const std::string& only) {
  const SiteFile archive = archive_of(host);
  const std::string& named = host.profile().docker_archive;
  const std::string programs = on_host(host.host(), "/usr/bin");
  Change change = of_programs(
      host, !only.empty(),
      only.empty() ? Text{"安装 Docker:从 " + named + " 解压到 /usr/bin",
                          "install Docker: unpack " + named + " to /usr/bin"}
                   : Text{"从 " + named + " 安装 docker 客户端到 /usr/bin",
                          "install the client, docker, from " + named + " to /usr/bin"});
  change.guards = {has_its_sum(archive)};
  const std::string take = kTakePrograms;
  change.commands = {{.does = shell(take + kUnpackPrograms, {archive.path, programs, only}),
                      .undoes = shell(take + "p=$1; take", {programs}),
                      .seconds = kUnpackSeconds}};
  return change;
}

Change docker_unit_file(const Evidence& host) {
  Change change =
      change_of_host(host, kDockerUnitPath, Stage::kDockerFiles, Risk::kService,
                     {"写入 docker.service 的单元文件", "write the unit file of docker.service"});
  change.file = FileChange{.path = on_host(host.host(), kDockerUnitPath),
                           .content = kDockerUnitText,
                           .was = std::nullopt,
                           .mode = "644"};
  const std::vector<std::string> again{"systemctl", "daemon-reload"};
  change.commands = {{.does = again, .undoes = again}};
  return change;
}

// As the unit is once its file is there.
Change start_new_service(const Evidence& host) {
  Change change = docker_service_change(host);
  change.was = "inactive\ndisabled\nexit 1";
  change.commands = {enable_docker(), start_docker()};
  return change;
}

// The packages of guide 2.2.1; its repository is the site's affair. What it starts, and whether at
// boot, is seen in the round after.
Change by_manager(const Evidence& host, const std::string& manager) {
  const std::string program = manager == "apt" ? "apt-get" : manager;
  const auto command = [&](const char* verb) {
    return shell("umask 022; exec \"$@\"",
                 {program, "-y", verb, "docker-ce", "docker-ce-cli", "containerd.io"});
  };
  Change change =
      of_programs(host, false, {"用 " + manager + " 安装 Docker", "install Docker by " + manager});
  change.becomes = "docker is there\ndocker.service is there";
  change.guards = {{.argv = shell("command -v \"$1\"", {program}),
                    .otherwise = {"主机上没有 " + program, "the host has no " + program}}};
  change.commands = {
      {.does = command("install"), .undoes = command("remove"), .seconds = kDownloadSeconds}};
  return change;
}

}  // namespace

std::vector<Change> install_docker(const Evidence& host) {
  // Another way of installing it has put the client there: a second engine would be in its way.
  if (!no_docker_command(host))
    throw NoEvidence(
        {"有 docker 命令而没有 docker.service:它以其他方式安装(snap、rootless、"
         "podman-docker?),由人决定",
         "there is a docker command and no docker.service: it was installed in "
         "another way (snap, rootless, podman-docker?); decide what is to stay"});
  if (has_archive(host))
    return {programs_unpacked(host, ""), docker_unit_file(host), start_new_service(host)};
  const std::string& manager = host.profile().docker_package_manager;
  if (manager == "none")
    throw NoEvidence(
        {"清单的 site 没有 docker_archive 与 docker_archive_sha256,也没有 docker_package_manager:"
         "写上其一,--fix 便可安装 Docker",
         "`site` in the inventory has neither docker_archive with docker_archive_sha256 nor "
         "docker_package_manager; with one of them --fix can install Docker"});
  return {by_manager(host, manager)};
}

// Only from the archive: a package manager would bring its engine along, and take that away again.
std::vector<Change> fix_docker_client(const Evidence& host) {
  if (!no_docker_command(host))
    throw NoEvidence({"Docker 已安装,但引擎没有应答或版本不同:由人决定",
                      "Docker is installed; its engine does not answer, or has another version: a "
                      "person decides"});
  return {programs_unpacked(host, "docker")};
}

}  // namespace touchstone
