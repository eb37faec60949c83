#include <algorithm>

#include <fmt/format.h>

#include "suites/change_parts.h"
#include "suites/config_rules.h"
#include "suites/known.h"
#include "suites/probes_config.h"
#include "suites/probes_container.h"
#include "suites/probes_service.h"
#include "suites/remedies.h"
#include "suites/service_rules.h"

namespace touchstone {
namespace {

using Words = std::vector<std::string>;

// By the executable or the short name, as the step looks for them: a command line would show this
// script, too. $1: where the container's paths begin.
const char* const kRunning =
    "for d in \"$1\"/proc/[0-9]*; do c=; read -r c 2>/dev/null <\"$d/comm\"\n"
    "case $c in mindie*) echo running; exit 0 ;; esac\n"
    "case $(readlink \"$d/exe\" 2>/dev/null) in */mindieservice_daemon*) echo running; exit 0 ;; "
    "esac; done; echo stopped";

// Politely, then not: a daemon that hangs in a collective does not hear. By the short name, which
// the kernel cuts to 15 characters; a pattern for whole command lines would hit this shell.
const char* const kStopScript =
    "pkill -TERM -x mindieservice_d; n=0\n"
    "while [ \"$(sh -c \"$2\" sh \"$1\")\" = running ]; do\n"
    "  n=$((n + 1)); [ $n -lt 60 ] || exit 1\n"
    "  [ $n -ne 20 ] || { pkill -KILL -x mindieservice_d; pkill -KILL '^mindie'; }\n"
    "  sleep 1\n"
    "done; :";

// As the guide does it: by a new interactive shell, which reads ~/.bashrc, in the service's folder.
// $1 where paths begin, $2 the folder, $3 kRunning, $4 seconds, $5 how many workers, $6 "master":
// its readiness is waited for, at the address of the configuration as it is by then: the same plan
// may have changed it.
const char* const kStart =
    "cd \"$1$2\" || exit 1\n"
    "value() { sed -n "
    "\"s/.*\\\"$1\\\"[[:space:]]*:[[:space:]]*\\\"\\{0,1\\}\\([^\\\",]*\\).*/\\1/p\" "
    "conf/config.json | head -n 1; }\n"
    "s=http; [ \"$(value httpsEnabled)\" != true ] || s=https\n"
    "a=$(value managementIpAddress) p=$(value managementPort)\n"
    "url=$s://${a:-127.0.0.2}:${p:-1026}/v2/health/ready\n"
    "log=$1$2/logs; mkdir -p \"$log\"; log=$log/touchstone-start.log\n"
    "printf '%s\\n' 'unset MINDIE_LOG_LEVEL MINDIE_LOG_TO_STDOUT; exec nohup "
    "./bin/mindieservice_daemon' >\"$log.sh\"\n"
    "bash -ic '. \"$0\"' \"$log.sh\" >\"$log\" 2>&1 </dev/null &\n"
    "n=0; sleep 2\n"
    "while [ $n -lt \"$4\" ]; do\n"
    "  n=$((n + 2))\n"
    "  [ \"$(sh -c \"$3\" sh \"$1\")\" = running ] || { echo 'it ended at once:'; tail -n 5 "
    "\"$log\"; exit 1; }\n"
    "  w=0; for d in \"$1\"/proc/[0-9]*; do c=; read -r c 2>/dev/null <\"$d/comm\"; case $c in "
    "mindie*) w=$((w + 1)) ;; esac; done\n"
    "  if [ $w -gt \"$5\" ]; then\n"
    "    [ -n \"$6\" ] && command -v curl >/dev/null 2>&1 || exit 0\n"
    "    [ \"$(curl -sk --noproxy '*' -m 5 -o /dev/null -w '%{http_code}' \"$url\")\" != 200 ] || "
    "exit 0\n"
    "  fi\n"
    "  sleep 2\n"
    "done\n"
    "echo \"it is not ready after $4 s\"; tail -n 5 \"$log\"; exit 1";

Change of_service(const Evidence& any, const Host& host, Stage stage, const char* subject) {
  return {.host = host.name,
          .in_container = true,
          .subject = subject,
          .stage = stage,
          .risk = Risk::kService,
          .reads = shell(kRunning, {without_slash(host.container_sysroot)}),
          .hosts_needed = names_of_hosts(any.group())};
}

Change stop(const Evidence& any, const Host& host) {
  Change change = of_service(any, host, Stage::kServiceStop, "service stop");
  change.what = {"停止 mindieservice_daemon", "stop mindieservice_daemon"};
  change.interrupts = {"正在回答的请求", "requests that are being answered"};
  change.was = "running";
  change.becomes = "stopped";
  change.commands = {{.does = shell(kStopScript, {without_slash(host.container_sysroot), kRunning}),
                      .undoes = {},
                      .seconds = 90}};
  return change;
}

// `runs`: it is stopped before. The process that ran then is gone, and undo does not end this one:
// a service that runs is nearer to what was there than none.
Change start(const Evidence& any, const Host& host, bool runs) {
  const double seconds = any.profile().service_start_seconds;
  Change change = of_service(any, host, Stage::kServiceStart, "service start");
  change.what = {"在组内所有主机上一同启动 mindieservice_daemon",
                 "start mindieservice_daemon, on all hosts of the group together"};
  change.was = "stopped";
  change.becomes = "running";
  change.one_way = runs;
  change.commands = {
      {.does = shell(kStart, {without_slash(host.container_sysroot), any.profile().mindie_path,
                              kRunning, fmt::format("{:.0f}", seconds), std::to_string(host.npus),
                              any.group().is_master(host.name, any.profile()) ? "master" : ""}),
       .undoes = shell(kStopScript, {without_slash(host.container_sysroot), kRunning}),
       .seconds = seconds + 60}};
  return change;
}

// A service of several hosts comes up on all of them or on none, and one that was stopped for that
// is not brought back by itself: it is let alone where another host lacks what it loads at its
// start.
void need_what_it_loads(const Evidence& any, const Host& one) {
  ReadLog log;
  if (!known(any.book(), one.name, -1, kServiceConfig))
    throw NoEvidence({one.name + " 的 config.json 读不出来(见 6.2.1),服务不能一同启动",
                      "the config.json of " + one.name +
                          " cannot be read (see 6.2.1), so the service cannot be started on all "
                          "hosts"});
  if (weights_are_missing(Evidence(any.book(), {.group = any.group().name, .host = one.name}, log)))
    throw NoEvidence(
        {one.name + " 没有其 config.json 所指的权重(见 5.1.1),服务不能一同启动",
         one.name +
             " does not have the weights that its config.json names (see 5.1.1), so the service "
             "cannot be started on all hosts"});
}

}  // namespace

std::vector<Change> fix_service(const Evidence& host) {
  need_all_hosts(host);
  std::vector<Change> changes, starts;
  for (const Host& one : host.group().hosts) {
    const DockerContainer* container = known(host.book(), one.name, -1, kContainer);
    if (!container || !container->running)
      throw NoEvidence({one.name + " 的容器没有运行,服务不能一同启动",
                        "the container of " + one.name +
                            " does not run, so the service cannot be started on all hosts"});
    need_what_it_loads(host, one);
    const ServiceProcesses* processes = known(host.book(), one.name, -1, kServiceProcesses);
    if (!processes)
      throw NoEvidence(
          {one.name + " 的进程不明", "the processes of " + one.name + " are not known"});
    const bool runs = processes->daemon() || !processes->workers().empty();
    if (runs) changes.push_back(stop(host, one));
    starts.push_back(start(host, one, runs));
  }
  changes.insert(changes.end(), starts.begin(), starts.end());
  return changes;
}

}  // namespace touchstone
