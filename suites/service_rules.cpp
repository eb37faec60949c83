#include "suites/service_rules.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "suites/probes.h"
#include "suites/probes_service.h"
#include "suites/rank_table_order.h"
#include "suites/remedies.h"

namespace touchstone {

const Host* master_of(const Group& group, const Profile& profile) {
  if (!group.master.empty()) return group.find(group.master);
  std::vector<std::string> addresses;
  for (const Host& host : group.hosts) addresses.push_back(host.service_address);
  addresses = rank_table_ordered(addresses, profile.rank_table_order);
  for (const Host& host : group.hosts)
    if (!addresses.empty() && host.service_address == addresses.front()) return &host;
  return nullptr;
}

namespace {

bool is_master(const Evidence& host) {
  const Host* master = master_of(host.group(), host.profile());
  return master && master->name == host.host().name;
}

// Where no service is meant to run, nothing of it can be judged.
std::optional<Text> without_service(const Evidence& host) {
  if (host.profile().service_expected) return std::nullopt;
  return Text{"站点说明此时不应有服务运行(service_expected: false)",
              "the site says that no service is meant to run (service_expected: false)"};
}

const ServiceProcesses::Process& daemon_of(const Evidence& host) {
  const auto* daemon = host[kServiceProcesses].daemon();
  if (!daemon)
    throw NoEvidence({"mindieservice_daemon 没有运行", "mindieservice_daemon does not run"});
  return *daemon;
}

// What the log says last, for a finding: a hint, never a verdict.
std::string last_words(const Evidence& host) {
  try {
    const auto& log = host.parsed(kServiceLog);
    if (log && !log.value().errors.empty()) return "; the log ends with: " + log.value().errors;
  } catch (const NoEvidence&) {
  }
  return "";
}

void expect_daemon(const Evidence& host) {
  const ServiceProcesses& processes = host[kServiceProcesses];
  EXPECT_NE(processes.daemon(), nullptr) << Finding{
      .expected = "mindieservice_daemon runs in the container",
      .actual = processes.workers().empty()
                    ? "no such process" + last_words(host)
                    : fmt::format("no such process, but {} of its workers are left",
                                  processes.workers().size()),
      .why = {"该主机的服务没有启动,或已退出;少一台则整组都不能推理",
              "on this host the service was not started, or has ended; without one host the whole "
              "group cannot serve"},
      .next = {"先清理残留进程,再在所有主机上同时启动 mindieservice_daemon;失败时看日志末尾",
               "clear away what is left, then start mindieservice_daemon on all hosts together; if "
               "it ends again, read the end of its log"}};
}

void expect_workers(const Evidence& host) {
  const auto workers = host[kServiceProcesses].workers();
  std::set<std::int64_t> npus;
  std::size_t unnamed = 0;
  for (const auto* worker : workers) {
    if (const auto npu = worker->npu())
      npus.insert(*npu);
    else
      ++unnamed;
  }
  std::vector<int> missing;
  for (int npu = 0; npu < host.host().npus; ++npu)
    if (!npus.contains(npu)) missing.push_back(npu);
  if (missing.size() <= unnamed) return;  // workers of older versions do not name their NPU
  ADD_FAILURE() << Finding{
      .expected = fmt::format("{} workers, one for each NPU", host.host().npus),
      .actual = fmt::format("{} workers; none for NPU {}{}", workers.size(),
                            fmt::join(missing, ", "), last_words(host)),
      .why = {"有工作进程没有起来或已退出:加载权重失败、显存不足或通信建链失败",
              "a worker did not come up or has ended: the weights did not load, memory ran out, or "
              "the hosts did not find each other"},
      .next = {"查看该卡的日志;清理残留进程后在所有主机上同时重启服务",
               "read the log of that NPU; clear away what is left and start the service on all "
               "hosts together"}};
}

void expect_ready(const Evidence& host) {
  const Knock& knock = host[kReadiness];
  const auto& ports = host.parsed(kServicePorts);
  if (ports && ports.value().https && !knock.status && knock.connected)
    throw NoEvidence({"管理端口需要客户端证书,此处没有;见 6.4.4",
                      "the management port wants a client certificate, which is not at hand here; "
                      "see 6.4.4"});
  const std::string actual =
      knock.status ? fmt::format("{} of {} {}", *knock.status, knock.to, knock.body)
                   : fmt::format("no answer of {}: {}", knock.to,
                                 knock.message.empty() ? "it is silent" : knock.message);
  const bool lost = knock.body.find("no_contact_node") != std::string::npos;
  EXPECT_EQ(knock.status.value_or(0), 200) << Finding{
      .expected = "GET /v2/health/ready of the master: 200",
      .actual = actual + last_words(host),
      .why = lost ? Text{"主节点与从节点失去联系", "the master has lost a slave"}
             : knock.status == 503
                 ? Text{"服务还在加载,或已停止", "the service still loads, or has been stopped"}
                 : Text{"服务没有就绪", "the service is not ready"},
      .next = lost ? Text{"检查所列从节点的服务与网络,然后在所有主机上同时重启服务",
                          "look at service and network of the host that it names, then start the "
                          "service on all hosts together"}
                   : Text{"加载要数分钟:稍后再看;仍不就绪则查看主节点日志末尾",
                          "loading takes minutes: look again later; if it stays, read the end of "
                          "the master's log"}};
}

void expect_it_came_up(const Evidence& host) {
  expect_workers(host);
  if (is_master(host)) expect_ready(host);
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// ASCEND_GLOBAL_LOG_LEVEL counts from 0, which is debug; the others say it in words, some of them
// for several parts ("llm:debug; server:info").
bool logs_debug(const std::string& name, const std::string& value) {
  if (name == "ASCEND_GLOBAL_LOG_LEVEL" || name == "ASCEND_MODULE_LOG_LEVEL")
    return value == "0" || value.ends_with("=0");
  return name.ends_with("LOG_LEVEL") && lower(value).find("debug") != std::string::npos;
}

void expect_no_debugging(const Evidence& host) {
  daemon_of(host);
  for (const auto& [name, value] : host[kDaemonEnvironment].variables)
    EXPECT_FALSE(logs_debug(name, value))
        << Finding{.expected = name + " is not set, or ERROR",
                   .actual = name + "=" + value + " in the running daemon",
                   .why = {"调试日志拖慢推理并写满磁盘",
                           "debug logging slows the service and fills the disk"}};
}

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
  const std::pair<const Probe<Knock>&, const char*> wanted[] = {
      {kServiceKnock, "the service port"},
      {kReadiness, "the management port"},
      {kNodesKnock, "the port for the other hosts"}};
  for (const auto& [probe, what] : wanted) {
    const auto [address, port] = place_of(host[probe]);
    const auto elsewhere = listening.addresses_of(port);
    const bool listens = listening.on(address, port);
    all = all && listens;
    EXPECT_TRUE(listens) << Finding{
        .expected = fmt::format("{}:{} listens ({})", address, port, what),
        .actual = elsewhere.empty()
                      ? fmt::format("nobody listens on {}", port)
                      : fmt::format("{} listens at {} only", port, fmt::join(elsewhere, ", ")),
        .why = {"端口被占用、启动失败,或运行中的服务读的是另一份配置",
                "the port was taken, the start failed, or the running service has read another "
                "configuration"},
        .next = {"核对 config.json 的地址与端口,查看日志,然后重启服务",
                 "compare addresses and ports in config.json, read the log, and start the service "
                 "anew"}};
  }
  return all;
}

std::string firewall_of(const Evidence& host) {
  try {
    const auto& firewall = host.parsed(kFirewall);
    if (firewall && firewall.value().active) return "; firewalld is active on this host";
  } catch (const NoEvidence&) {
  }
  return "";
}

void expect_reached(const Evidence& host, const Probe<Knock>& probe, const char* what) {
  const Knock& knock = host[probe];
  EXPECT_TRUE(knock.connected) << Finding{
      .expected = fmt::format("{} takes a connection ({})", knock.to, what),
      .actual = (knock.message.empty() ? fmt::format("none within 3 s, code {}", knock.code)
                                       : knock.message) +
                firewall_of(host),
      .why = {"主机防火墙或路由挡住了连接,主从之间不能通信",
              "a firewall or the routing keeps the connection away; master and slaves cannot work "
              "together"},
      .next = {"在两端运行 systemctl is-active firewalld:停用它,或放行这些端口;再查路由与服务地址",
               "run `systemctl is-active firewalld` on both hosts: stop it, or open these ports; "
               "then look at routes and service addresses"}};
}

void expect_ports(const Evidence& host) {
  if (is_master(host) && !expect_listening(host)) return;
  expect_reached(host, kServiceKnock, "the master's service port");
  expect_reached(host, kNodesKnock, "the master's port for the other hosts");
}

std::optional<Text> nothing_to_reach(const Evidence& host) {
  if (auto reason = without_service(host)) return reason;
  try {
    const auto& knock = host.parsed(kServiceKnock);
    if (!is_master(host) && knock && knock.value().by == "nobody")
      return Text{"主节点没有服务可连,见主节点的 6.3.3",
                  "the master has no service to be reached; see 6.3.3 of the master"};
  } catch (const NoEvidence&) {
  }
  return std::nullopt;
}

std::string time_text(double seconds) {
  return fmt::format("{:%Y-%m-%d %H:%M:%S} UTC", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

// The boot time that the kernel tells is whole seconds and moves with the clock's corrections.
constexpr double kBlur = 2;

void expect_younger(const Evidence& host) {
  const double started = daemon_of(host).started;
  const std::pair<const char*, const Probe<FileStat>&> files[] = {
      {"the rank table", kRankTableStat},
      {"config.json", kServiceConfigStat},
      {"~/.bashrc", kBashrcStat}};
  for (const auto& [what, probe] : files) {
    const auto& file = host.parsed(probe);
    if (!file && file.refusal().kind == Refusal::Kind::kNotSet) continue;  // its own step tells
    const auto changed = static_cast<double>(host[probe].modified);
    EXPECT_LE(changed, started + kBlur) << Finding{
        .expected = fmt::format("the daemon is younger than {}", what),
        .actual = fmt::format("started {}, changed {}", time_text(started), time_text(changed)),
        .why = {"运行中的服务还没有读到改动后的内容:文件正确也尚未生效",
                "the running service has not read what stands there now: right or wrong, it is not "
                "in force"}};
  }
}

}  // namespace

void add_daemon_steps(Chapter& chapter) {
  const auto step = [&](const char* id, const char* name, Text title, Text requirement,
                        const char* place, std::vector<Question> probes,
                        std::vector<std::string> stands_on, void (*expect)(const Evidence&),
                        Remedy remedy, std::optional<Text> (*not_applicable)(const Evidence&)) {
    chapter.step({.id = id,
                  .name = name,
                  .title = std::move(title),
                  .requirement = std::move(requirement),
                  .place = place,
                  .on = Scope::kHost,
                  .probes = std::move(probes),
                  .stands_on = std::move(stands_on),
                  .expect = expect,
                  .not_applicable = not_applicable,
                  .remedy = std::move(remedy)});
  };
  const Text restart{"在所有主机上停止服务,再同时启动 mindieservice_daemon",
                     "stop the service on all hosts, then start mindieservice_daemon on all of "
                     "them together"};
  step("6.3.3", "DaemonRuns", {"服务进程在运行", "The service's daemon runs"},
       {"容器内 mindieservice_daemon 在运行", "mindieservice_daemon runs in the container"},
       "6.3, instruction 4", {kServiceProcesses, kServiceLog}, {"4.2.1"}, expect_daemon,
       {.risk = Risk::kService, .text = restart}, without_service);
  step("6.3.4", "ServiceCameUp", {"服务已就绪", "The service came up"},
       {"每台主机每卡一个工作进程;主节点就绪检查返回 200",
        "Every host has a worker for each NPU, and the master's readiness is 200"},
       "6.3, instruction 4", {kServiceProcesses, kServicePorts, kServiceLog}, {"6.3.3"},
       expect_it_came_up, {.risk = Risk::kService, .text = restart}, without_service);
  step("6.3.5", "DebugLoggingIsOff", {"调试日志已关闭", "Debug logging is off"},
       {"运行中的服务没有打开调试日志", "The running service was not started with debug logging"},
       "6.3, instruction 7", {kServiceProcesses, kDaemonEnvironment}, {"6.3.3"},
       expect_no_debugging,
       {.risk = Risk::kService,
        .text = {"取消 MINDIE_LOG_LEVEL 与 MINDIE_LOG_TO_STDOUT,再在所有主机上重启服务",
                 "unset MINDIE_LOG_LEVEL and MINDIE_LOG_TO_STDOUT, then start the service anew on "
                 "all hosts"}},
       without_service);
  step("6.3.6", "PortsAreReached", {"端口在监听并可达", "The ports listen and are reached"},
       {"主节点监听服务、管理与节点间端口;每台主机都能连上",
        "The master listens on its service, management and inter-node ports; every host reaches "
        "them"},
       "beyond the guide", {kListening, kServicePorts, kFirewall}, {"6.3.3"}, expect_ports,
       {.text = {"停用防火墙或放行端口", "stop the firewall, or open the ports"}},
       nothing_to_reach);
  step("6.3.7", "DaemonHasReadItsFiles",
       {"服务启动晚于它读取的文件", "The daemon is younger than what it reads"},
       {"rank table、config.json、~/.bashrc 在服务启动之后没有改动",
        "Rank table, config.json and ~/.bashrc have not changed since the daemon was started"},
       "beyond the guide", {kServiceProcesses, kRankTableStat, kServiceConfigStat, kBashrcStat},
       {"6.3.3"}, expect_younger, {.risk = Risk::kService, .text = restart}, without_service);
  for (const char* id : {"6.3.3", "6.3.4", "6.3.5", "6.3.7"}) repaired_by(chapter, id, fix_service);
  for (Later& later : service_later()) chapter.later.push_back(std::move(later));
}

}  // namespace touchstone
