#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/model/evidence.h"
#include "harness/model/finding.h"
#include "harness/model/said.h"
#include "harness/model/version_range.h"
#include "suites/chapters.h"
#include "suites/known.h"
#include "suites/probes.h"
#include "suites/probes_container.h"
#include "suites/remedies.h"

namespace touchstone {
namespace {

void expect_docker_answers(const Evidence& host) {
  const Answer* answer = host.answer(kDockerVersion);
  const Text why{"容器由 Docker 启动", "the containers are started by Docker"};
  if (answer && answer->end == Answer::End::kNoTool) {
    ADD_FAILURE() << Finding{.expected = {"已安装 docker", "docker is installed"},
                             .actual = {"没有 docker 命令", "there is no docker command"},
                             .why = why};
    return;
  }
  const auto& parsed = host.parsed(kDockerVersion);
  if (refused_as(parsed, Refusal::Kind::kErrorText)) {
    ADD_FAILURE() << Finding{.expected = {"Docker 引擎有应答", "the engine answers"},
                             .actual = parsed.refusal().reason,
                             .why = why,
                             .next = {"查看 journalctl -u docker,然后重启 Docker",
                                      "look at `journalctl -u docker`, then restart Docker"}};
    return;
  }
  const DockerVersion& version = host[kDockerVersion];
  const std::string engine = version.server_version.value_or("");
  EXPECT_TRUE(!engine.empty() && version_fits(engine, host.profile().docker))
      << Finding{.expected = said("引擎 {}", "engine {}", host.profile().docker),
                 .actual = engine.empty() ? Text{"引擎没有给出版本", "the engine names no version"}
                                          : said("引擎 {}", "engine {}", engine),
                 .why = why};
}

void expect_docker_runs(const Evidence& host) {
  const SystemctlActive& active = host[kDockerActive];
  EXPECT_TRUE(active.active) << Finding{
      .expected = "active",
      .actual = active.state,
      .why = {"docker.service 没有运行", "docker.service does not run"},
      .next = {"systemctl start docker", "systemctl start docker"}};
  const auto& parsed = host.parsed(kDockerEnabled);
  if (refused_as(parsed, Refusal::Kind::kNotSet)) {
    ADD_FAILURE() << Finding{
        .expected = "enabled",
        .actual = {"没有 docker.service", "there is no docker.service"},
        .why = {"Docker 未安装,或没有装成系统服务", "Docker is not installed, or not as a service"},
        .next = {"安装 Docker(见 2.2.1)", "install Docker (see 2.2.1)"}};
    return;
  }
  const SystemctlEnabled& enabled = host[kDockerEnabled];
  EXPECT_TRUE(enabled.enabled) << Finding{
      .expected = "enabled",
      .actual = enabled.state,
      .why = {"主机重启后 Docker 不会自动启动", "after a reboot Docker would stay down"},
      .next = {"systemctl enable docker", "systemctl enable docker"}};
}

std::string names_of(const std::map<std::string, std::string>& runtimes) {
  std::string names;
  for (const auto& [name, path] : runtimes) names += (names.empty() ? "" : ", ") + name;
  return names.empty() ? "none" : names;
}

void expect_ascend_runtime(const Evidence& host) {
  const DockerInfo& info = host[kDockerInfo];
  const std::string& wanted = host.profile().docker_runtime;
  EXPECT_TRUE(info.runtimes.contains("ascend"))
      << Finding{.expected = {"已注册名为 'ascend' 的运行时", "a runtime 'ascend' is registered"},
                 .actual = said("已注册:{}", "registered: {}", names_of(info.runtimes)),
                 .why = {"运行中的 Docker 没有加载 Ascend Docker Runtime",
                         "the running engine does not know Ascend Docker Runtime"}};
  const auto& daemon = host.parsed(kDaemonJson);
  const bool no_file = refused_as(daemon, Refusal::Kind::kNotSet);
  const bool registered = !no_file && host[kDaemonJson].runtimes.contains("ascend");
  EXPECT_TRUE(registered) << Finding{
      .expected = {"daemon.json 中注册了 'ascend'", "daemon.json registers 'ascend'"},
      .actual = no_file ? Text{"没有 daemon.json", "there is no daemon.json"}
                        : Text{"没有注册", "it does not"},
      .why = {"Docker 重启后会丢失该运行时", "the next restart of Docker would lose it"}};
  const auto& installed = host.parsed(kRuntimeInfo);
  if (refused_as(installed, Refusal::Kind::kNotSet))
    ADD_FAILURE() << Finding{
        .expected = "Ascend Docker Runtime " + wanted,
        .actual = {"未安装(没有 install.info)", "not installed (no install.info)"},
        .why = {"缺少 Ascend Docker Runtime", "Ascend Docker Runtime is missing"}};
  else
    EXPECT_TRUE(version_fits(host[kRuntimeInfo].version, wanted))
        << Finding{.expected = "Ascend Docker Runtime " + wanted,
                   .actual = host[kRuntimeInfo].version,
                   .why = {"指南使用该版本", "the guide uses that version"}};
  EXPECT_TRUE(host.profile().container_start != "runtime" || info.default_runtime == "ascend")
      << Finding{
             .expected = {"默认运行时为 ascend", "default runtime ascend"},
             .actual = info.default_runtime,
             .why = {
                 "第二种启动方式依赖默认运行时",
                 "the second documented way to start a container relies on the default runtime"}};
}

void expect_runc_of_root(const Evidence& host) {
  const FileStat& runc = host[kRuncStat];
  EXPECT_TRUE(runc.uid == 0 && runc.gid == 0)
      << Finding{.expected = "root:root",
                 .actual = fmt::format("{}:{} ({}:{})", runc.owner, runc.group, runc.uid, runc.gid),
                 .why = {"启动容器时会报 owner not right",
                         "starting a container ends with \"owner not right\""}};
}

std::optional<Text> no_unit(const Evidence& host) {
  const auto& unit = host.parsed(kDockerUnit);
  if (unit || unit.refusal().kind != Refusal::Kind::kNotSet) return std::nullopt;
  return Text{"没有 docker.service(见 2.2.2)", "there is no docker.service (see 2.2.2)"};
}

void expect_mainpid(const Evidence& host) {
  const auto reload = host[kDockerUnit].in_force("Service", "ExecReload");
  const bool named = std::any_of(reload.begin(), reload.end(), [](const auto& e) {
    return e.value.find("$MAINPID") != std::string::npos ||
           e.value.find("${MAINPID}") != std::string::npos;
  });
  EXPECT_TRUE(named) << Finding{
      .expected = "ExecReload=… $MAINPID",
      .actual = reload.empty() ? Phrase("没有 ExecReload", "no ExecReload")
                               : Phrase("ExecReload=" + reload.back().value),
      .why = {"指南用嵌套的 here-document 写入单元文件,内层未加引号,$MAINPID 被展开为空,重载会失败",
              "the guide writes the unit by nested here-documents; the inner one is not quoted and "
              "swallows $MAINPID, so a reload fails"}};
}

}  // namespace

Chapter docker() {
  Chapter chapter{.id = "2.2",
                  .title = {"Docker 与 Ascend 运行时", "Docker and the Ascend runtime"}};
  chapter.step({
      .id = "2.2.1",
      .name = "DockerAnswers",
      .title = {"Docker 客户端与引擎可用", "Docker's client and engine answer"},
      .requirement = {"已安装 docker,引擎有应答且版本合乎配置档",
                      "Docker is installed, its engine answers and has a version of the profile"},
      .place = "2.2.1 and 2.2.2",
      .on = Scope::kHost,
      .probes = {kDockerVersion},
      .stands_on = {"0.2", "2.2.2"},
      .expect = expect_docker_answers,
      .remedy = {.risk = Risk::kDisruptive,
                 .text = {"用软件包管理器安装 docker-ce,或按指南的二进制方式安装",
                          "install docker-ce by the package manager, or from the binary archive as "
                          "the guide does"}},
  });
  chapter.step({
      .id = "2.2.2",
      .name = "DockerServiceRuns",
      .title = {"docker.service 已启动并开机自启", "docker.service is active and enabled at boot"},
      .requirement = {"Docker 服务正在运行,且设为开机启动",
                      "Docker's service runs now and at boot"},
      .place = "2.2.2, instructions 7–8",
      .on = Scope::kHost,
      .probes = {kDockerActive, kDockerEnabled},
      .stands_on = {"0.2"},
      .expect = expect_docker_runs,
      .remedy = {.risk = Risk::kService,
                 .text = {"启动并设为自启:systemctl enable --now docker",
                          "start and enable it: systemctl enable --now docker"},
                 .command = {"systemctl", "enable", "--now", "docker"}},
  });
  chapter.step({
      .id = "2.2.3",
      .name = "AscendRuntimeIsRegistered",
      .title = {"Ascend Docker Runtime 已安装并注册",
                "Ascend Docker Runtime is installed and registered"},
      .requirement = {"运行时版本与配置档一致,并已在 Docker 中注册;第二种启动方式下为默认运行时",
                      "It has the profile's version and Docker knows it; it is the default where "
                      "containers are started in the second way"},
      .place = "2.2.2, instructions 13–14",
      .on = Scope::kHost,
      .probes = {kDockerInfo, kDaemonJson, kRuntimeInfo},
      .stands_on = {"0.2", "2.2.1"},
      .expect = expect_ascend_runtime,
      .remedy = {.risk = Risk::kDisruptive,
                 .text = {"安装 Ascend-docker-runtime(--install),然后重启 Docker:会停止所有容器",
                          "install Ascend-docker-runtime (--install), then restart Docker, which "
                          "stops every container"}},
  });
  chapter.step({
      .id = "2.2.4",
      .name = "RuncBelongsToRoot",
      .title = {"runc 属于 root:root", "runc belongs to root:root"},
      .requirement = {"/usr/bin/runc 的属主与属组为 root",
                      "Owner and group of /usr/bin/runc are root"},
      .place = "4.2, instruction 2",
      .on = Scope::kHost,
      .probes = {kRuncStat},
      .stands_on = {"0.2"},
      .expect = expect_runc_of_root,
      .remedy = {.risk = Risk::kSafe,
                 .text = {"chown root:root /usr/bin/runc", "chown root:root /usr/bin/runc"}},
  });
  chapter.step({
      .id = "2.2.5",
      .name = "ReloadNamesMainPid",
      .title = {"单元文件的 ExecReload 含 $MAINPID", "The unit's ExecReload names $MAINPID"},
      .requirement = {"docker.service 的 ExecReload 把信号发给主进程",
                      "ExecReload of docker.service signals the main process"},
      .place = "beyond the guide",
      .on = Scope::kHost,
      .probes = {kDockerUnit},
      .stands_on = {"0.2"},
      .expect = expect_mainpid,
      .not_applicable = no_unit,
      .remedy =
          {.risk = Risk::kSafe,
           .text =
               {"在单元文件中写 ExecReload=/bin/kill -s HUP $MAINPID,然后 systemctl daemon-reload",
                "write ExecReload=/bin/kill -s HUP $MAINPID into the unit, then systemctl "
                "daemon-reload"}},
  });
  repaired_by(chapter, "2.2.1", fix_docker_client);
  repaired_by(chapter, "2.2.2", fix_docker_service, {kDockerVersion});
  repaired_by(chapter, "2.2.3", fix_ascend_runtime, {kContainers});
  repaired_by(chapter, "2.2.4", fix_runc_owner);
  repaired_by(chapter, "2.2.5", fix_docker_unit);
  return chapter;
}

}  // namespace touchstone
