#include "suites/service_rules.h"
#include "harness/model/said.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "suites/daemon_rules.h"
#include "suites/known.h"
#include "suites/probes.h"
#include "suites/probes_config.h"
#include "suites/probes_container.h"
#include "suites/probes_environment.h"
#include "suites/probes_weights.h"
#include "suites/remedies.h"

namespace touchstone {

namespace {

// Address and port that were knocked at.
std::pair<std::string, int> place_of(const Knock& knock) {
  const auto colon = knock.to.rfind(':');
  if (colon == std::string::npos)
    throw NoEvidence({"没有端口:" + knock.to, "there is no port in " + knock.to});
  return {knock.to.substr(0, colon), std::atoi(knock.to.c_str() + colon + 1)};
}

// True if all do.
bool expect_listening(const Evidence& host) {
  bool all = true;
  const Listening& listening = host[kListening];
  const std::pair<const Probe<Knock>&, Text> wanted[] = {
      {kServiceKnock, {"服务端口", "the service port"}},
      {kReadiness, {"管理端口", "the management port"}},
      {kNodesKnock, {"多机通信端口", "the port for the other hosts"}}};
  for (const auto& [probe, what] : wanted) {
    const auto [address, port] = place_of(host[probe]);
    const auto elsewhere = listening.addresses_of(port);
    const bool listens = listening.on(address, port);
    all = all && listens;
    EXPECT_TRUE(listens) << Finding{
        .expected = said("{}:{} 在监听({})", "{}:{} listens ({})", address, port, what),
        .actual = elsewhere.empty() ? said("没有程序监听 {}", "nobody listens on {}", port)
                                    : said("{} 只在 {} 监听", "{} listens at {} only", port,
                                           fmt::join(elsewhere, ", ")),
        .why = {"端口被占用、启动失败,或运行中的服务读的是另一份配置",
                "the port was taken, the start failed, or the running service has read another "
                "configuration"},
        .next = {"核对 config.json 的地址与端口,查看日志,然后重启服务",
                 "compare addresses and ports in config.json, read the log, and start the service "
                 "anew"}};
  }
  return all;
}

Text firewall_of(const Evidence& host) {
  try {
    const auto& firewall = host.parsed(kFirewall);
    if (firewall && firewall.value().active)
      return {";本机的 firewalld 处于启用状态", "; firewalld is active on this host"};
  } catch (const NoEvidence&) {
  }
  return {};
}

void expect_reached(const Evidence& host, const Probe<Knock>& probe, const Text& what) {
  const Knock& knock = host[probe];
  EXPECT_TRUE(knock.connected) << Finding{
      .expected = said("{} 接受连接({})", "{} takes a connection ({})", knock.to, what),
      .actual = (knock.message.empty()
                     ? said("3 秒内没有,代码 {}", "none within 3 s, code {}", knock.code)
                     : said("curl 报告:{}", "{}", knock.message)) +
                firewall_of(host),
      .why = {"主机防火墙或路由挡住了连接,主从之间不能通信",
              "a firewall or the routing keeps the connection away; master and slaves cannot work "
              "together"},
      .next = {"在两端运行 systemctl is-active firewalld:停用它,或放行这些端口;再查路由与服务地址",
               "run `systemctl is-active firewalld` on both hosts: stop it, or open these ports; "
               "then look at routes and service addresses"}};
}

void expect_ports(const Evidence& host) {
  if (host.is_master() && !expect_listening(host)) return;
  expect_reached(host, kServiceKnock, {"主节点的服务端口", "the master's service port"});
  expect_reached(host, kNodesKnock,
                 {"主节点的多机通信端口", "the master's port for the other hosts"});
}

std::optional<Text> nothing_to_reach(const Evidence& host) {
  if (auto reason = without_service(host)) return reason;
  try {
    const auto& knock = host.parsed(kServiceKnock);
    if (!host.is_master() && knock && knock.value().by == "nobody")
      return Text{"主节点没有服务可连,见主节点的 6.3.3",
                  "the master has no service to be reached; see 6.3.3 of the master"};
  } catch (const NoEvidence&) {
  }
  return std::nullopt;
}

std::string time_text(double seconds) {
  return fmt::format("{:%Y-%m-%d %H:%M:%S} UTC", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

void expect_younger(const Evidence& host) {
  const double started = daemon_of(host).started;
  const std::pair<Text, const Probe<FileStat>&> files[] = {
      {{"rank table", "the rank table"}, kRankTableStat},
      {Phrase("config.json"), kServiceConfigStat},
      {Phrase("~/.bashrc"), kBashrcStat}};
  std::size_t compared = 0;
  for (const auto& [what, probe] : files) {
    const auto& file = host.parsed(probe);
    if (refused_as(file, Refusal::Kind::kNotSet)) continue;  // its own step tells
    ++compared;
    const auto changed = static_cast<double>(host[probe].modified);
    EXPECT_LE(changed, started + kBlur) << Finding{
        .expected = said("服务进程晚于 {}", "the daemon is younger than {}", what),
        .actual = said("启动于 {},修改于 {}", "started {}, changed {}", time_text(started),
                       time_text(changed)),
        .why = {"运行中的服务还没有读到改动后的内容:文件正确也尚未生效",
                "the running service has not read what stands there now: right or wrong, it is not "
                "in force"}};
  }
  if (compared == 0)
    throw NoEvidence(
        {"rank table、config.json 与 ~/.bashrc 都不存在,无从比较",
         "neither the rank table nor config.json nor ~/.bashrc is there: nothing could "
         "be compared"});
}

}  // namespace

void add_daemon_steps(Chapter& chapter) {
  const Text restart{"在所有主机上停止服务,再同时启动 mindieservice_daemon",
                     "stop the service on all hosts, then start mindieservice_daemon on all of "
                     "them together"};
  chapter.step(
      {.id = "6.3.3",
       .name = "DaemonRuns",
       .title = {"服务进程以正确的环境在运行",
                 "The service's daemon runs, with the right environment"},
       .requirement =
           {"容器内 mindieservice_daemon 在运行,其自身的环境变量符合指南 4.3",
            "mindieservice_daemon runs in the container, and its own environment has the values of "
            "guide 4.3"},
       .place = "6.3, instruction 4",
       .probes = {kServiceProcesses, kDaemonEnvironment, kShellEnvironment, kServiceLog},
       .stands_on = {"4.2.1"},
       .expect = expect_daemon,
       .not_applicable = without_service,
       .remedy = {.risk = Risk::kService, .text = restart}});
  chapter.step({.id = "6.3.4",
                .name = "ServiceCameUp",
                .title = {"服务已就绪", "The service came up"},
                .requirement = {"每台主机每卡一个工作进程;主节点就绪检查返回 200;日志若有记录,则为 "
                                "Daemon start success!",
                                "Every host has a worker for each NPU, the master's readiness is "
                                "200, and where a log kept "
                                "it, it is `Daemon start success!`"},
                .place = "6.3, instruction 4",
                .probes = {kServiceProcesses, kServicePorts, kServiceLog},
                .stands_on = {"6.3.3"},
                .expect = expect_it_came_up,
                .not_applicable = without_service,
                .remedy = {.risk = Risk::kService, .text = restart}});
  chapter.step(
      {.id = "6.3.5",
       .name = "DebugLoggingIsOff",
       .title = {"调试日志已关闭", "Debug logging is off"},
       .requirement = {"运行中的服务没有打开调试日志",
                       "The running service was not started with debug logging"},
       .place = "6.3, instruction 7",
       .probes = {kServiceProcesses, kDaemonEnvironment},
       .stands_on = {"6.3.3"},
       .expect = expect_no_debugging,
       .not_applicable = without_service,
       .remedy = {
           .risk = Risk::kService,
           .text = {
               "取消 MINDIE_LOG_LEVEL 与 MINDIE_LOG_TO_STDOUT,再在所有主机上重启服务",
               "unset MINDIE_LOG_LEVEL and MINDIE_LOG_TO_STDOUT, then start the service anew on "
               "all hosts"}}});
  chapter.step(
      {.id = "6.3.6",
       .name = "PortsAreReached",
       .title = {"端口在监听并可达", "The ports listen and are reached"},
       .requirement = {"主节点监听服务、管理与节点间端口;每台主机都能连上",
                       "The master listens on its service, management and inter-node ports; every "
                       "host reaches "
                       "them"},
       .place = "beyond the guide",
       .probes = {kListening, kServicePorts, kFirewall},
       .stands_on = {"6.3.3"},
       .expect = expect_ports,
       .not_applicable = nothing_to_reach,
       .remedy = {.text = {"停用防火墙或放行端口", "stop the firewall, or open the ports"}}});
  chapter.step(
      {.id = "6.3.7",
       .name = "DaemonHasReadItsFiles",
       .title = {"服务启动晚于它读取的文件", "The daemon is younger than what it reads"},
       .requirement =
           {"rank table、config.json、~/.bashrc 在服务启动之后没有改动",
            "Rank table, config.json and ~/.bashrc have not changed since the daemon was started"},
       .place = "beyond the guide",
       .probes = {kServiceProcesses, kRankTableStat, kServiceConfigStat, kBashrcStat},
       .stands_on = {"6.3.3"},
       .expect = expect_younger,
       .not_applicable = without_service,
       .remedy = {.risk = Risk::kService, .text = restart}});
  for (const char* id : {"6.3.3", "6.3.4", "6.3.5", "6.3.7"})
    repaired_by(chapter, id, fix_service,
                {kContainer, kServiceProcesses, kServiceConfig, kWeightsPath});
  for (Later& later : service_later()) chapter.later.push_back(std::move(later));
}

}  // namespace touchstone
