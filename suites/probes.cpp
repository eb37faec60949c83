#include "suites/probes.h"

namespace touchstone {
namespace {

using Argv = std::vector<std::string>;
using Codes = std::vector<int>;

template <class T>
using Parser = Parsed<T> (*)(std::string_view, std::string_view);

template <class T>
Probe<T> on_host(std::string key, Argv argv, Parser<T> parse, Codes accepted = {0},
                 double seconds = 10) {
  Probe<T> probe;
  probe.key = std::move(key);
  probe.where = Where::kHost;
  probe.argv = std::move(argv);
  probe.accepted = std::move(accepted);
  probe.seconds = seconds;
  probe.parse = parse;
  return probe;
}

// `hccn_tool -i N -WHAT -g`. It polls the device's health once a second, so answers may take a
// while.
template <class T>
Probe<T> of_npu(const std::string& what, Parser<T> parse, Codes accepted = {0}) {
  Probe<T> probe = on_host<T>("hccn-" + what, {"hccn_tool", "-i", "{npu}", "-" + what, "-g"}, parse,
                              std::move(accepted));
  probe.where = Where::kNpu;
  return probe;
}

template <class T>
Probe<T> twice(Probe<T> probe) {
  probe.second_look = true;
  return probe;
}

Probe<NpuSmiBoard> board() {
  auto probe =
      on_host<NpuSmiBoard>("npu-smi-board", {"npu-smi", "info", "-t", "board", "-i", "{npu}"},
                           parse_npu_smi_board, {0}, 20);
  probe.where = Where::kNpu;
  return probe;
}

// What the questions of all chapters need, beyond what a shell has built in.
constexpr const char* kLookForTools =
    "for t in hccn_tool npu-smi cat stat df sha256sum uname date; do "
    "p=$(command -v \"$t\") && printf '%s=%s\\n' \"$t\" \"$p\" || printf '%s=\\n' \"$t\"; done";

Argv stat_of(const std::string& path, bool follow = false) {
  Argv argv{"stat", "-c", std::string(kStatFormat), path};
  if (follow) argv.insert(argv.begin() + 1, "-L");
  return argv;
}

}  // namespace

const Probe<UserId> kUserId = on_host<UserId>("user-id", {"id", "-u"}, parse_user_id);
const Probe<ToolList> kTools =
    on_host<ToolList>("tools", {"sh", "-c", kLookForTools}, parse_tool_list);
const Probe<NpuSmiInfo> kNpuSmi =
    on_host<NpuSmiInfo>("npu-smi-info", {"npu-smi", "info"}, parse_npu_smi_info, {0}, 20);
const Probe<Machine> kMachine = on_host<Machine>("uname", {"uname", "-m"}, parse_uname);
const Probe<MemInfo> kMemory =
    on_host<MemInfo>("meminfo", {"cat", "{sysroot}/proc/meminfo"}, parse_meminfo);
const Probe<DiskFree> kWeightsDisk =
    on_host<DiskFree>("df-weights", {"df", "-Pk", "{sysroot}{weights_path}"}, parse_df, {0, 1});
const Probe<DiskFree> kDockerDisk =
    on_host<DiskFree>("df-docker", {"df", "-Pk", "{sysroot}{docker_path}"}, parse_df, {0, 1});

// Files that may be missing: cat exits 1, and the parser reads its message.
const Probe<VersionInfo> kDriverInfo = on_host<VersionInfo>(
    "driver-version-info", {"cat", "{sysroot}/usr/local/Ascend/driver/version.info"},
    parse_version_info, {0, 1});
const Probe<NpuSmiBoard> kBoard = board();
// Exit 1: the engine does not answer; the client's version is printed all the same.
const Probe<DockerVersion> kDockerVersion =
    on_host<DockerVersion>("docker-version", {"docker", "version", "--format", "{{json .}}"},
                           parse_docker_version, {0, 1}, 15);
// systemctl tells a state by its exit code, too: 3 not active, 4 no such unit, 1 not enabled.
const Probe<SystemctlActive> kDockerActive = on_host<SystemctlActive>(
    "docker-active", {"systemctl", "is-active", "docker"}, parse_systemctl_active, {0, 3, 4});
const Probe<SystemctlEnabled> kDockerEnabled = on_host<SystemctlEnabled>(
    "docker-enabled", {"systemctl", "is-enabled", "docker"}, parse_systemctl_enabled, {0, 1, 4});
const Probe<DockerInfo> kDockerInfo = on_host<DockerInfo>(
    "docker-info", {"docker", "info", "--format", "{{json .}}"}, parse_docker_info, {0, 1}, 15);
const Probe<DaemonJson> kDaemonJson = on_host<DaemonJson>(
    "daemon-json", {"cat", "{sysroot}/etc/docker/daemon.json"}, parse_daemon_json, {0, 1});
const Probe<InstallInfo> kRuntimeInfo = on_host<InstallInfo>(
    "runtime-install-info",
    {"cat", "{sysroot}/usr/local/Ascend/Ascend-Docker-Runtime/ascend_docker_runtime_install.info"},
    parse_install_info, {0, 1});
const Probe<FileStat> kRuncStat =
    on_host<FileStat>("runc-stat", stat_of("{sysroot}/usr/bin/runc", true), parse_stat, {0, 1});
const Probe<UnitFile> kDockerUnit =
    on_host<UnitFile>("docker-unit", {"systemctl", "cat", "docker"}, parse_unit_file, {0, 1});

const Probe<HccnLldp> kLldp = of_npu<HccnLldp>("lldp", parse_hccn_lldp);
const Probe<HccnLink> kLink = of_npu<HccnLink>("link", parse_hccn_link);
const Probe<HccnLinkStat> kLinkStat = of_npu<HccnLinkStat>("link_stat", parse_hccn_link_stat);
const Probe<HccnNetHealth> kNetHealth = of_npu<HccnNetHealth>("net_health", parse_hccn_net_health);
const Probe<HccnNetdetect> kNetdetect = of_npu<HccnNetdetect>("netdetect", parse_hccn_netdetect);
const Probe<HccnGateway> kGateway =
    of_npu<HccnGateway>("gateway", parse_hccn_gateway, {0, 2});               // 2: none is set
const Probe<HccnTls> kTls = of_npu<HccnTls>("tls", parse_hccn_tls, {0, 14});  // 14: no certificates
const Probe<HccnIp> kIp = of_npu<HccnIp>("ip", parse_hccn_ip, {0, 13});       // 13: none is set
const Probe<HccnSpeed> kSpeed = of_npu<HccnSpeed>("speed", parse_hccn_speed);
// 20: no module in the cage; 13: the product has no optics at all.
const Probe<HccnOptical> kOptical = of_npu<HccnOptical>("optical", parse_hccn_optical, {0, 13, 20});
const Probe<HccnStat> kCounters = twice(of_npu<HccnStat>("stat", parse_hccn_stat));
const Probe<HccnMtu> kMtu = of_npu<HccnMtu>("mtu", parse_hccn_mtu);
const Probe<HccnConf> kHccnConf =
    on_host<HccnConf>("hccn-conf", {"cat", "{sysroot}/etc/hccn.conf"}, parse_hccn_conf, {0, 1});

const Probe<RankTable> kRankTable =
    on_host<RankTable>("rank-table", {"cat", "{sysroot}{rank_table}"}, parse_rank_table, {0, 1});
const Probe<FileStat> kRankTableStat =
    on_host<FileStat>("rank-table-stat", stat_of("{sysroot}{rank_table}"), parse_stat, {0, 1});
const Probe<Sha256> kRankTableSum =
    on_host<Sha256>("rank-table-sha256", {"sha256sum", "{sysroot}{rank_table}"}, parse_sha256sum);

}  // namespace touchstone
