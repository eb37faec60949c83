#include "suites/probes_service.h"

#include "harness/model/evidence.h"
#include "suites/ask.h"
#include "suites/change_parts.h"
#include "suites/known.h"
#include "suites/probes_config.h"
#include "suites/probes_container.h"

namespace touchstone {
namespace {

constexpr double kServiceSeconds = 15;  // of most questions here

// The scripts take where the container's paths begin as $1 and need a POSIX shell and coreutils.
// A process is MindIE's by its executable or by its short name; a command line would show this
// script, too.
constexpr const char* kListProcesses =
    "LC_ALL=C; export LC_ALL; p=$1/proc\n"
    "printf 'btime %s\\n' \"$(sed -n 's/^btime //p' \"$p/stat\")\"\n"
    "printf 'ticks %s\\n' \"$(getconf CLK_TCK 2>/dev/null || echo 100)\"\n"
    "for d in \"$p\"/[0-9]*; do\n"
    "  e=$(readlink \"$d/exe\" 2>/dev/null); c=; read -r c 2>/dev/null <\"$d/comm\"\n"
    "  case $c in mindie*) ;; *) case $e in */mindieservice_daemon*) ;; *) continue ;; esac ;; "
    "esac\n"
    "  s=$(cat \"$d/stat\" 2>/dev/null) || continue\n"
    "  printf 'process %s\\nexe %s\\ncomm %s\\ncmdline %s\\nstat %s\\n' \"${d##*/}\" \"$e\" \"$c\" "
    "\"$(tr '\\000\\n' '\\t ' 2>/dev/null <\"$d/cmdline\")\" \"$s\"\n"
    "done; echo end\n";

// Of the daemon that is no child of another.
constexpr const char* kPrintEnvironment =
    "p=$1/proc; for d in \"$p\"/[0-9]*; do\n"
    "  case $(readlink \"$d/exe\" 2>/dev/null) in */mindieservice_daemon*) ;; *) continue ;; esac\n"
    "  q=$(sed -n 's/^PPid:[^0-9]*//p' \"$d/status\")\n"
    "  case $(readlink \"$p/$q/exe\" 2>/dev/null) in */mindieservice_daemon*) continue ;; esac\n"
    "  exec tr '\\n\\000' '\\013\\n' <\"$d/environ\"\n"
    "done\n";

// $2: the folder of the service. Logs are long; what failed last stands at their ends. Of a start
// the last word counts: a daemon can be started again in the same log.
constexpr const char* kSearchLogs =
    "LC_ALL=C; export LC_ALL; n=0; s=0; e=; l=\n"
    "for f in \"$1\"/root/mindie/log/*.log \"$1\"/root/mindie/log/*/*.log \"$1$2\"/logs/*.log; do\n"
    "  [ -f \"$f\" ] || continue; n=$((n + 1)); w=nothing\n"
    "  s=$((s + $(grep -c 'Daemon start success!' \"$f\")))\n"
    "  case $(grep -a -e 'Daemon start success!' -e 'Failed to init endpoint' \"$f\" | tail -n 1) "
    "in\n"
    "    *success!*) w=success ;; *Failed*) w=failure ;; esac\n"
    "  l=$(printf '%s\\nlog %s %s %s' \"$l\" \"$(stat -L -c %Y \"$f\")\" $w \"$(printf %s "
    "\"${f##*/}\" | tr -cd 'A-Za-z0-9._-' | cut -c 1-120)\")\n"
    "  e=$(printf '%s\\n%s' \"$e\" \"$(tail -c 200000 \"$f\" | grep -i 'error\\|fail\\|invalid' | "
    "tail -n 3 | tr -d '\\000' | cut -c 1-300)\")\n"
    "done\n"
    "printf 'files %s\\nsuccess %s\\n' $n $s; printf '%s\\n' \"$l\" | grep . | tail -n 200\n"
    "printf '%s\\n' \"$e\" | grep . | tail -n 3 | tr '\\t\\r' '  ' | sed 's/^/error /'; exit 0\n";

// $1 address, $2 port, $3 path (empty: whether it takes a connection is all that counts), $4
// scheme. curl where it is, else what bash has built in.
constexpr const char* kTryIt =
    "LC_ALL=C; export LC_ALL; a=$1; p=$2; u=$3; y=no; w=000; m=; b=; printf 'to %s:%s\\n' $a $p\n"
    "if [ \"$4\" = none ]; then printf 'by nobody\\ncode 0\\nconnected no\\n'; exit 0; fi\n"
    "if command -v curl >/dev/null 2>&1; then t=curl\n"
    "  o=$(curl -sSkg --noproxy '*' --connect-timeout 3 -m 5 -w '\\n#%{http_code} "
    "%{time_connect}\\n' \"$4://$a:$p${u:-/}\" 2>&1 | tr -d '\\000\\r'; echo)\n"
    "  w=$(printf '%s\\n' \"$o\" | sed -n 's/^#\\([0-9]* [0-9.]*\\)$/\\1/p' | tail -n 1)\n"
    "  m=$(printf '%s\\n' \"$o\" | sed -n 's/^curl: //p' | head -n 1)\n"
    "  b=$(printf '%s\\n' \"$o\" | grep -v '^#[0-9]* [0-9.]*$\\|^curl: ' | head -c 300 | "
    "tr '\\n\\t' '  ')\n"
    "  case ${w#* } in *[1-9]*) y=yes ;; esac; w=${w%% *}\n"
    "  c=$(printf '%s' \"$m\" | sed -n 's/^(\\([0-9]*\\)).*/\\1/p'); c=${c:-0}\n"
    "elif command -v bash >/dev/null 2>&1; then t=bash\n"
    "  o=$(timeout 5 bash -c 'exec 3<>\"/dev/tcp/$0/$1\" || exit 7; echo; [ -n \"$2\" ] || exit 0; "
    "printf \"GET %s HTTP/1.1\\r\\nHost: %s\\r\\nConnection: close\\r\\n\\r\\n\" \"$2\" \"$0\" "
    ">&3; "
    "cat <&3; exit 0' \"$a\" \"$p\" \"$u\" 2>/dev/null | tr -d '\\000\\r'; echo .)\n"
    "  case $o in .) c=7 ;; *) c=0; y=yes ;; esac\n"
    "  w=$(printf '%s\\n' \"$o\" | sed -n 's/^HTTP[^ ]* \\([0-9]*\\).*/\\1/p' | head -n 1)\n"
    "  b=$(printf '%s\\n' \"$o\" | sed '1,/^HTTP/d' | head -c 300 | tr '\\n\\t' '  ')\n"
    "else echo 'neither curl nor bash: command not found' >&2; exit 127; fi\n"
    "printf 'by %s\\ncode %s\\nconnected %s\\nstatus %s\\nmessage %s\\nbody %s\\n' $t $c $y "
    "\"${w:-000}\" \"$m\" \"$b\"\n";

Probe<Knock> knock(std::string key) {
  return ask(Where::kHost, std::move(key), {}, parse_knock, {0}, kServiceSeconds);
}

// False only where Docker says that it does not.
bool container_may_run(const EvidenceBook& book, const std::string& host) {
  try {
    const auto& container = book.parsed(host, -1, kContainer, false);
    if (!container) return container.refusal().kind != Refusal::Kind::kNotSet;
    return container.value().running;
  } catch (const NoEvidence&) {
    return true;
  }
}

FollowUp knock_at(const std::string& host, const Probe<Knock>& probe, const std::string& address,
                  int port, const std::string& path, const std::string& scheme) {
  FollowUp one{.host = host, .question = probe};
  one.question.argv = shell(kTryIt, {address, std::to_string(port), path, scheme});
  return one;
}

// The master's own, or else that of another host: they are alike, or 6.2.4 tells.
const ServicePorts* ports_of(const EvidenceBook& book, const Group& group, const Host& master) {
  if (const ServicePorts* own = known(book, master.name, -1, kServicePorts)) return own;
  for (const Host& host : group.hosts)
    if (const ServicePorts* other = known(book, host.name, -1, kServicePorts)) return other;
  return nullptr;
}

void ask_group(const EvidenceBook& book, const Group& group, const std::set<std::string>& hosts,
               Turn& turn) {
  const Host* master = group.master_host(book.inventory().profile);
  const ServicePorts* ports = master ? ports_of(book, group, *master) : nullptr;
  if (!ports) return;
  const std::string scheme = ports->https ? "https" : "http";
  if (hosts.contains(master->name))
    turn.push_back(knock_at(
        master->name, kReadiness, ports->management_address.value_or(kDefaultManagementAddress),
        ports->management_port.value_or(kDefaultManagementPort), "/v2/health/ready", scheme));
  // Without a container or a daemon on the master there is nothing to reach: 4.2.1 or 6.3.3 tells.
  const ServiceProcesses* processes = known(book, master->name, -1, kServiceProcesses);
  const bool runs = container_may_run(book, master->name) && (!processes || processes->daemon());
  for (const Host& host : group.hosts) {
    if (!hosts.contains(host.name)) continue;
    turn.push_back(knock_at(host.name, kServiceKnock, master->service_address,
                            ports->port.value_or(kDefaultServicePort), "", runs ? scheme : "none"));
    turn.push_back(knock_at(host.name, kNodesKnock, master->service_address,
                            ports->nodes_port.value_or(kDefaultNodesPort), "",
                            runs ? "http" : "none"));
  }
}

std::vector<Turn> ask_ports(const EvidenceBook& book, const std::set<std::string>& hosts) {
  Turn turn;
  for (const Group& group : book.inventory().groups) ask_group(book, group, hosts, turn);
  return {turn};
}

}  // namespace

const Probe<ServiceProcesses> kServiceProcesses =
    ask(Where::kContainer, "service-processes", shell(kListProcesses, {"{croot}"}),
        parse_service_processes, {0}, kServiceSeconds);
const Probe<ProcessEnvironment> kDaemonEnvironment =
    ask(Where::kContainer, "daemon-environment", shell(kPrintEnvironment, {"{croot}"}),
        parse_process_environment, {0}, kServiceSeconds);
const Probe<ServicePorts> kServicePorts = of_service_config(parse_service_ports);
const Probe<FileStat> kServiceConfigStat =
    ask(Where::kContainer, "service-config-times", stat_of(kServiceConfigPath, Links::kFollowed),
        parse_stat, {0, 1}, kServiceSeconds);
const Probe<FileStat> kBashrcStat =
    ask(Where::kContainer, "bashrc-times", stat_of("{croot}/root/.bashrc", Links::kFollowed),
        parse_stat, {0, 1}, kServiceSeconds);
const Probe<ServiceLog> kServiceLog =
    ask(Where::kContainer, "service-log", shell(kSearchLogs, {"{croot}", "{mindie}"}),
        parse_service_log, {0}, 30);
const Probe<Listening> kListening =
    ask(Where::kHost, "listening", {"ss", "-ltn"}, parse_listening, {0}, kServiceSeconds);
// 3: not active, 4: there is none.
const Probe<SystemctlActive> kFirewall =
    ask(Where::kHost, "firewalld-active", {"systemctl", "is-active", "firewalld"},
        parse_systemctl_active, {0, 3, 4}, kServiceSeconds);

const Probe<Knock> kReadiness = knock("service-readiness");
const Probe<Knock> kServiceKnock = knock("service-port-reached");
const Probe<Knock> kNodesKnock = knock("nodes-port-reached");

std::vector<Later> service_later() {
  return {{.name = "service-ports",
           .why = {"地址与端口写在主节点服务的配置里",
                   "only the configuration of the master's service tells addresses and ports"},
           .phase = 1,
           .steps = {"6.3.4", "6.3.6"},
           .turns = ask_ports}};
}

}  // namespace touchstone
