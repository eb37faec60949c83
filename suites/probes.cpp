#include "suites/probes.h"

#include "suites/ask.h"

namespace touchstone {
namespace {

// `hccn_tool -i N -WHAT -g`. It polls the device's health once a second, so answers may take a
// while.
template <class T>
Probe<T> of_npu(const std::string& what, Parsed<T> (*parse)(std::string_view, std::string_view),
                std::vector<int> accepted = {0}) {
  return ask(Where::kNpu, "hccn-" + what, {"hccn_tool", "-i", "{npu}", "-" + what, "-g"}, parse,
             std::move(accepted));
}

template <class T>
Probe<T> twice(Probe<T> probe) {
  probe.second_look = true;
  return probe;
}

// What the questions of all chapters need, beyond what a shell has built in.
constexpr const char* kLookForTools =
    "for t in hccn_tool npu-smi cat stat df sha256sum uname date; do "
    "p=$(command -v \"$t\") && printf '%s=%s\\n' \"$t\" \"$p\" || printf '%s=\\n' \"$t\"; done";

// A version.info, when it was put there, and when the host was booted: in Unix time.
constexpr const char* kInstalledAndBooted =
    "cat \"$1\" || exit; stat -c installed=%Z \"$1\"; sed -n 's/^btime /booted=/p' \"$2\"";

}  // namespace

const Probe<UserId> kUserId = ask(Where::kHost, "user-id", {"id", "-u"}, parse_user_id);
const Probe<ToolList> kTools =
    ask(Where::kHost, "tools", {"sh", "-c", kLookForTools}, parse_tool_list);
const Probe<NpuSmiInfo> kNpuSmi =
    ask(Where::kHost, "npu-smi-info", {"npu-smi", "info"}, parse_npu_smi_info, {0}, 20);
const Probe<Machine> kMachine = ask(Where::kHost, "uname", {"uname", "-m"}, parse_uname);
const Probe<MemInfo> kMemory =
    ask(Where::kHost, "meminfo", {"cat", "{sysroot}/proc/meminfo"}, parse_meminfo);
const Probe<DiskFree> kWeightsDisk =
    ask(Where::kHost, "df-weights", {"df", "-Pk", "{sysroot}{weights_path}"}, parse_df, {0, 1});
const Probe<DiskFree> kDockerDisk =
    ask(Where::kHost, "df-docker", {"df", "-Pk", "{sysroot}{docker_path}"}, parse_df, {0, 1});

// Files that may be missing: cat exits 1, and the parser reads its message.
const Probe<VersionInfo> kDriverInfo =
    ask(Where::kHost, "driver-version-info",
        {"cat", "{sysroot}/usr/local/Ascend/driver/version.info"}, parse_version_info, {0, 1});
const Probe<VersionInfo> kFirmwareInfo =
    ask(Where::kHost, "firmware-version-info",
        {"sh", "-c", kInstalledAndBooted, "sh", "{sysroot}/usr/local/Ascend/firmware/version.info",
         "{sysroot}/proc/stat"},
        parse_version_info, {0, 1});
const Probe<NpuSmiBoard> kBoard =
    ask(Where::kNpu, "npu-smi-board", {"npu-smi", "info", "-t", "board", "-i", "{npu}"},
        parse_npu_smi_board, {0}, 20);
// Exit 1: the engine does not answer; the client's version is printed all the same.
const Probe<DockerVersion> kDockerVersion =
    ask(Where::kHost, "docker-version", {"docker", "version", "--format", "{{json .}}"},
        parse_docker_version, {0, 1}, 15);
// systemctl tells a state by its exit code, too: 3 not active, 4 no such unit, 1 not enabled.
const Probe<SystemctlActive> kDockerActive =
    ask(Where::kHost, "docker-active", {"systemctl", "is-active", "docker"}, parse_systemctl_active,
        {0, 3, 4});
const Probe<SystemctlEnabled> kDockerEnabled =
    ask(Where::kHost, "docker-enabled", {"systemctl", "is-enabled", "docker"},
        parse_systemctl_enabled, {0, 1, 4});
const Probe<DockerInfo> kDockerInfo =
    ask(Where::kHost, "docker-info", {"docker", "info", "--format", "{{json .}}"},
        parse_docker_info, {0, 1}, 15);
const Probe<DaemonJson> kDaemonJson =
    ask(Where::kHost, "daemon-json", {"cat", "{sysroot}/etc/docker/daemon.json"}, parse_daemon_json,
        {0, 1});
const Probe<InstallInfo> kRuntimeInfo = ask(
    Where::kHost, "runtime-install-info",
    {"cat", "{sysroot}/usr/local/Ascend/Ascend-Docker-Runtime/ascend_docker_runtime_install.info"},
    parse_install_info, {0, 1});
const Probe<FileStat> kRuncStat =
    ask(Where::kHost, "runc-stat", stat_of("{sysroot}/usr/bin/runc", Links::kFollowed), parse_stat,
        {0, 1});
const Probe<UnitFile> kDockerUnit =
    ask(Where::kHost, "docker-unit", {"systemctl", "cat", "docker"}, parse_unit_file, {0, 1});

const Probe<HccnLldp> kLldp = of_npu("lldp", parse_hccn_lldp);
const Probe<HccnLink> kLink = of_npu("link", parse_hccn_link);
const Probe<HccnLinkStat> kLinkStat = of_npu("link_stat", parse_hccn_link_stat);
const Probe<HccnNetHealth> kNetHealth = of_npu("net_health", parse_hccn_net_health);
const Probe<HccnNetdetect> kNetdetect = of_npu("netdetect", parse_hccn_netdetect);
const Probe<HccnGateway> kGateway =
    of_npu("gateway", parse_hccn_gateway, {0, 2});                   // 2: none is set
const Probe<HccnTls> kTls = of_npu("tls", parse_hccn_tls, {0, 14});  // 14: no certificates
const Probe<HccnIp> kIp = of_npu("ip", parse_hccn_ip, {0, 13});      // 13: none is set
const Probe<HccnSpeed> kSpeed = of_npu("speed", parse_hccn_speed);
// 20: no module in the cage; 13: the product has no optics at all.
const Probe<HccnOptical> kOptical = of_npu("optical", parse_hccn_optical, {0, 13, 20});
const Probe<HccnStat> kCounters = twice(of_npu("stat", parse_hccn_stat));
const Probe<HccnMtu> kMtu = of_npu("mtu", parse_hccn_mtu);
const Probe<HccnConf> kHccnConf =
    ask(Where::kHost, "hccn-conf", {"cat", "{sysroot}/etc/hccn.conf"}, parse_hccn_conf, {0, 1});

const Probe<RankTable> kRankTable =
    ask(Where::kHost, "rank-table", {"cat", "{sysroot}{rank_table}"}, parse_rank_table, {0, 1});
const Probe<FileStat> kRankTableStat =
    ask(Where::kHost, "rank-table-stat", stat_of("{sysroot}{rank_table}", Links::kSeen), parse_stat,
        {0, 1});
const Probe<FileSum> kRankTableSum =
    ask(Where::kHost, "rank-table-sha256", {"sha256sum", "{sysroot}{rank_table}"}, parse_sha256sum);

}  // namespace touchstone
