#include "suites/daemon_rules.h"
#include "harness/model/said.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "suites/environment_rules.h"
#include "suites/probes_environment.h"
#include "suites/service_rules.h"

namespace touchstone {

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

namespace {

// What the log says last, for a finding: a hint, never a verdict.
Text last_words(const Evidence& host) {
  try {
    const auto& log = host.parsed(kServiceLog);
    if (log && !log.value().errors.empty())
      return said(";日志的结尾是:{}", "; the log ends with: {}", log.value().errors);
  } catch (const NoEvidence&) {
  }
  return {};
}

// What is wrong in an environment, apart from what the guide itself takes back after debugging (its
// section 6.3 unsets MINDIE_LOG_*) and from debug logging, which is for 6.3.5 to say.
std::vector<VariableProblem> problems_of(const Variables& variables, const Evidence& host) {
  auto problems = check_documented(variables, host.profile());
  for (auto& own : check_own(variables, host.group(), host.host(), host.profile()))
    problems.push_back(std::move(own));
  std::erase_if(problems, [&](const VariableProblem& one) {
    const auto at = variables.find(one.name);
    return at == variables.end() ? one.name.starts_with("MINDIE_LOG_")
                                 : logs_debug(one.name, at->second);
  });
  return problems;
}

// The variables that a new shell has as documented by now; nothing: nobody could look.
std::optional<std::set<std::string>> wrong_in_new_shell(const Evidence& host) {
  try {
    std::set<std::string> wrong;
    for (const auto& one : problems_of(host[kShellEnvironment].variables, host))
      wrong.insert(one.name);
    return wrong;
  } catch (const NoEvidence&) {
    return std::nullopt;
  }
}

// Whose fault it is: the start file's, which then has to be corrected first, or that of the shell.
struct Cause {
  Text why, next;
};
Cause cause_of(const std::vector<VariableProblem>& problems,
               const std::optional<std::set<std::string>>& wrong) {
  const auto in_file = [&](const auto& one) { return wrong->contains(one.name); };
  if (!wrong)
    return {{"运行中的服务保留启动时的环境",
             "a running service keeps the environment that it was started with"},
            {"执行 source ~/.bashrc 后,在所有主机上同时重启服务",
             "`source ~/.bashrc`, then start the service anew on all hosts together"}};
  if (std::any_of(problems.begin(), problems.end(), in_file))
    return {{"新的 shell 中也是如此", "a new shell has it likewise"},
            {"先改正容器内的 ~/.bashrc(见 4.3.2、4.3.3),再在新的 shell 中于所有主机上同时重启服务",
             "correct ~/.bashrc in the container first (see 4.3.2 and 4.3.3), then start the "
             "service anew on all hosts together, each from a new shell"}};
  return {{"服务是在旧的 shell 中启动的,或启动前没有读取 ~/.bashrc:文件正确,运行中的服务却不是",
           "the daemon was started in an old shell, or in one that had not read ~/.bashrc: the "
           "file is right by now, the running service is not"},
          {"~/.bashrc 已经正确:在新的 shell 中于所有主机上同时重启服务",
           "~/.bashrc is right already: start the service anew on all hosts together, each from a "
           "new shell"}};
}

// The daemon keeps what its shell had when it was started, whatever ~/.bashrc says by now.
void expect_documented_daemon(const Evidence& host, std::int64_t pid) {
  const Variables& variables = host[kDaemonEnvironment].variables;
  const auto problems = problems_of(variables, host);
  if (problems.empty()) return;
  const auto wrong = wrong_in_new_shell(host);
  // Each by itself as long as a person can take them in; else they are one: nothing was read.
  constexpr std::size_t kMostApart = 3;
  if (problems.size() > kMostApart) {
    const Cause cause = cause_of(problems, wrong);
    std::string list;
    for (const auto& one : problems) list += one.expected + "  (" + one.actual.en + ")\n";
    ADD_FAILURE() << Finding{.expected = {"运行中的服务具有指南 4.3 的环境变量",
                                          "the running daemon has the variables of guide 4.3"},
                             .actual = said("进程 {1} 的环境中有 {0} 个不符:{2}, …",
                                            "{} are not so in the environment of process {}: {}, …",
                                            problems.size(), pid, problems.front().actual),
                             .why = cause.why,
                             .next = cause.next,
                             .excerpt = list};
    return;
  }
  for (const auto& one : problems) {
    const Cause cause = cause_of({one}, wrong);
    ADD_FAILURE() << Finding{
        .expected = said("运行中的服务具有 {}", "{} in the running daemon", one.expected),
        .actual = said("{}(进程 {} 的环境)", "{} (environment of process {})", one.actual, pid),
        .why = {one.why.zh + ";" + cause.why.zh, one.why.en + "; " + cause.why.en},
        .next = cause.next};
  }
}

}  // namespace

void expect_daemon(const Evidence& host) {
  const ServiceProcesses& processes = host[kServiceProcesses];
  const auto* daemon = processes.daemon();
  EXPECT_NE(daemon, nullptr) << Finding{
      .expected = {"容器中运行着 mindieservice_daemon",
                   "mindieservice_daemon runs in the container"},
      .actual =
          processes.workers().empty()
              ? Text{"没有这个进程", "no such process"} + last_words(host)
              : said("没有这个进程,但还留有 {} 个工作进程",
                     "no such process, but {} of its workers are left", processes.workers().size()),
      .why = {"该主机的服务没有启动,或已退出;少一台则整组都不能推理",
              "on this host the service was not started, or has ended; without one host the whole "
              "group cannot serve"},
      .next = {"先清理残留进程,再在所有主机上同时启动 mindieservice_daemon;失败时看日志末尾",
               "clear away what is left, then start mindieservice_daemon on all hosts together; if "
               "it ends again, read the end of its log"}};
  if (daemon) expect_documented_daemon(host, daemon->pid);
}

namespace {

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
      .expected =
          said("{} 个工作进程,每个 NPU 一个", "{} workers, one for each NPU", host.host().npus),
      .actual = said("{} 个工作进程;NPU {} 没有{}", "{} workers; none for NPU {}{}", workers.size(),
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
  const Text actual =
      knock.status ? said("{1} 应答 {0} {2}", "{} of {} {}", *knock.status, knock.to, knock.body)
                   : said("{} 没有应答:{}", "no answer of {}: {}", knock.to,
                          knock.message.empty() ? Phrase("没有动静", "it is silent")
                                                : Phrase(knock.message));
  const bool lost = knock.body.find("no_contact_node") != std::string::npos;
  EXPECT_EQ(knock.status.value_or(0), 200) << Finding{
      .expected = {"主节点的 GET /v2/health/ready:200", "GET /v2/health/ready of the master: 200"},
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

// Only logs of this start count: older ones tell of daemons that are gone. With log level ERROR no
// log keeps that the start succeeded, and that it is missing proves nothing.
void expect_log_of_success(const Evidence& host) {
  const double started = daemon_of(host).started;
  bool kept = false;
  for (const ServiceLog::File& file : host[kServiceLog].logs) {
    if (static_cast<double>(file.modified) + 1 < started) continue;  // whole seconds
    kept = kept || file.last == ServiceLog::Last::kSuccess;
    EXPECT_NE(file.last, ServiceLog::Last::kFailure) << Finding{
        .expected = {"日志对本次启动的最后一句是 `Daemon start success!`",
                     "`Daemon start success!` is the last that the log says of the start"},
        .actual = Phrase(file.name + ": Failed to init endpoint!") + last_words(host),
        .why = {"服务进程还在,但启动已经失败",
                "the daemon is still there, but its start has failed"},
        .next = {"按日志末尾的错误处理,清理残留进程,再在所有主机上同时启动服务",
                 "see to the error at the end of the log, clear away what is left, then start the "
                 "service on all hosts together"}};
  }
  if (!kept)
    host.remark(
        {"没有日志保存 Daemon start success!(日志级别为 ERROR 时不会写入文件):"
         "仅按工作进程与就绪检查判断",
         "no log has kept `Daemon start success!` (with log level ERROR none does): judged "
         "by workers and readiness only"});
}

}  // namespace

void expect_it_came_up(const Evidence& host) {
  expect_workers(host);
  if (host.is_master()) expect_ready(host);
  expect_log_of_success(host);
}

namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

}  // namespace

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
    EXPECT_FALSE(logs_debug(name, value)) << Finding{
        .expected = said("未设置 {},或为 ERROR", "{} is not set, or ERROR", name),
        .actual = said("运行中的服务里 {}={}", "{}={} in the running daemon", name, value),
        .why = {"调试日志拖慢推理并写满磁盘",
                "debug logging slows the service and fills the disk"}};
}

}  // namespace touchstone
