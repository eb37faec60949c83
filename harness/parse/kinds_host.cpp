#include <array>

#include "harness/parse/df.h"
#include "harness/parse/docker.h"
#include "harness/parse/hccn_conf.h"
#include "harness/parse/host_facts.h"
#include "harness/parse/kinds_json.h"
#include "harness/parse/meminfo.h"
#include "harness/parse/npu_smi.h"
#include "harness/parse/rank_table.h"
#include "harness/parse/stat.h"
#include "harness/parse/systemctl.h"
#include "harness/parse/version_info.h"

namespace touchstone {
namespace {

Json npu(const NpuSmiInfo::Npu& value) {
  Json processes = Json::array();
  for (const auto& process : value.processes)
    processes.push_back(
        {{"pid", or_null(process.pid)}, {"name", process.name}, {"memory_mb", process.memory_mb}});
  return {{"id", value.id},
          {"name", value.name},
          {"health", value.health},
          {"power", or_null(value.power)},
          {"temp", or_null(value.temp)},
          {"bus", value.bus},
          {"hbm_used_mb", value.hbm_used_mb},
          {"hbm_total_mb", value.hbm_total_mb},
          {"processes", std::move(processes)}};
}

Json npu_smi_info(const NpuSmiInfo& value) {
  Json npus = Json::array();
  for (const auto& each : value.npus) npus.push_back(npu(each));
  return {
      {"version", value.version}, {"npus", std::move(npus)}, {"warning", or_null(value.warning)}};
}

Json npu_smi_board(const NpuSmiBoard& value) {
  return {{"npu", or_null(value.npu)},
          {"software_version", value.software_version},
          {"firmware_version", value.firmware_version},
          {"compatibility", value.compatibility},
          {"chip_name", value.chip_name},
          {"fields", value.fields}};
}

Json npu_smi_health(const NpuSmiHealth& value) {
  return {{"npu", or_null(value.npu)},
          {"health", value.health},
          {"error_code", value.error_code},
          {"error_information", value.error_information},
          {"fields", value.fields}};
}

Json version_info(const VersionInfo& value) {
  return {{"version", value.version}, {"fields", value.fields}};
}

Json install_info(const InstallInfo& value) {
  return {{"version", value.version}, {"fields", value.fields}};
}

Json hccn_conf(const HccnConf& value) {
  Json by_npu = Json::object();
  for (const auto& [id, fields] : value.by_npu) by_npu[std::to_string(id)] = fields;
  return {{"by_npu", std::move(by_npu)}, {"others", value.others}};
}

Json server(const RankTable::Server& value) {
  Json devices = Json::array();
  for (const auto& device : value.devices)
    devices.push_back({{"device_id", device.device_id},
                       {"device_ip", device.device_ip},
                       {"rank_id", device.rank_id},
                       {"line", device.line}});
  return {{"server_id", value.server_id},
          {"container_ip", or_null(value.container_ip)},
          {"host_nic_ip", or_null(value.host_nic_ip)},
          {"device", std::move(devices)},
          {"line", value.line}};
}

Json rank_table(const RankTable& value) {
  Json servers = Json::array();
  for (const auto& each : value.servers) servers.push_back(server(each));
  return {{"version", value.version},
          {"server_count", value.server_count},
          {"server_list", std::move(servers)},
          {"status", value.status}};
}

Json docker_version(const DockerVersion& value) {
  return {{"product", value.product},
          {"client_version", value.client_version},
          {"server_version", or_null(value.server_version)},
          {"api_version", value.api_version},
          {"arch", value.arch}};
}

Json docker_info(const DockerInfo& value) {
  return {{"product", value.product},
          {"server_version", value.server_version},
          {"default_runtime", value.default_runtime},
          {"runtimes", value.runtimes},
          {"root_dir", value.root_dir},
          {"driver", value.driver},
          {"cgroup_driver", value.cgroup_driver},
          {"architecture", value.architecture},
          {"containers", or_null(value.containers)},
          {"containers_running", or_null(value.containers_running)},
          {"memory_bytes", or_null(value.memory_bytes)}};
}

Json daemon_json(const DaemonJson& value) {
  return {{"default_runtime", or_null(value.default_runtime)},
          {"runtimes", value.runtimes},
          {"default_shm_size", or_null(value.default_shm_size)},
          {"data_root", or_null(value.data_root)}};
}

Json systemctl_active(const SystemctlActive& value) {
  return {{"state", value.state}, {"active", value.active}};
}

Json systemctl_enabled(const SystemctlEnabled& value) {
  return {{"state", value.state}, {"enabled", value.enabled}};
}

Json unit_file(const UnitFile& value) {
  Json entries = Json::array();
  for (const auto& entry : value.entries)
    entries.push_back({{"section", entry.section},
                       {"key", entry.key},
                       {"value", entry.value},
                       {"file", entry.file},
                       {"line", entry.line}});
  return {{"entries", std::move(entries)}};
}

Json file_stat(const FileStat& value) {
  return {{"mode", mode_text(value.mode)}, {"uid", value.uid},     {"gid", value.gid},
          {"owner", value.owner},          {"group", value.group}, {"size", value.size},
          {"modified", value.modified},    {"type", value.type}};
}

Json sha256(const FileSum& value) {
  return {{"digest", value.digest}, {"path", value.path}};
}

Json meminfo(const MemInfo& value) {
  return {{"total_kib", value.total_kib}, {"available_kib", value.available_kib}};
}

Json disk_free(const DiskFree& value) {
  return {{"filesystem", value.filesystem},
          {"size_kib", value.size_kib},
          {"used_kib", value.used_kib},
          {"available_kib", value.available_kib},
          {"mount", value.mount}};
}

Json machine(const Machine& value) {
  return {{"architecture", value.architecture}};
}

Json user_id(const UserId& value) {
  return {{"uid", value.uid}};
}

Json clock_reading(const ClockReading& value) {
  return {{"seconds", value.seconds}, {"nanoseconds", value.nanoseconds}, {"coarse", value.coarse}};
}

constexpr std::array kHostKinds = {
    ParseKind{"npu-smi-info",
              "npu-smi info",
              {"主机的 NPU 及其进程", "the NPUs of a host and their processes"},
              one_to_json<NpuSmiInfo, parse_npu_smi_info, npu_smi_info>},
    ParseKind{"npu-smi-board",
              "npu-smi info -t board -i N",
              {"NPU 的驱动与固件", "driver and firmware of an NPU"},
              each_to_json<NpuSmiBoard, parse_npu_smi_board_each, npu_smi_board>},
    ParseKind{"npu-smi-health",
              "npu-smi info -t health -i N",
              {"NPU 的健康状态与错误码", "health and error codes of an NPU"},
              each_to_json<NpuSmiHealth, parse_npu_smi_health_each, npu_smi_health>},
    ParseKind{"version-info",
              "cat /usr/local/Ascend/driver/version.info",
              {"已安装的版本", "an installed version"},
              one_to_json<VersionInfo, parse_version_info, version_info>},
    ParseKind{"install-info",
              "cat …_install.info",
              {"昇腾软件包的安装方式", "how a package of Ascend was installed"},
              one_to_json<InstallInfo, parse_install_info, install_info>},
    ParseKind{"hccn-conf",
              "cat /etc/hccn.conf",
              {"保存的 NPU 网络配置", "the stored network settings of the NPUs"},
              one_to_json<HccnConf, parse_hccn_conf_values, hccn_conf>},
    ParseKind{"rank-table",
              "cat RANKTABLEFILE",
              {"rank table", "the rank table"},
              one_to_json<RankTable, parse_unmasked_rank_table, rank_table>},
    ParseKind{"docker-version",
              "docker version --format '{{json .}}'",
              {"Docker 客户端与引擎", "client and engine"},
              one_to_json<DockerVersion, parse_docker_version, docker_version>},
    ParseKind{"docker-info",
              "docker info --format '{{json .}}'",
              {"Docker 引擎及其运行时", "the engine and its runtimes"},
              one_to_json<DockerInfo, parse_docker_info, docker_info>},
    ParseKind{"daemon-json",
              "cat /etc/docker/daemon.json",
              {"Docker 引擎的配置", "the engine's settings"},
              one_to_json<DaemonJson, parse_daemon_json, daemon_json>},
    ParseKind{"systemctl-active",
              "systemctl is-active UNIT",
              {"服务是否在运行", "whether a service runs"},
              one_to_json<SystemctlActive, parse_systemctl_active, systemctl_active>},
    ParseKind{"systemctl-enabled",
              "systemctl is-enabled UNIT",
              {"服务是否开机启动", "whether it starts at boot"},
              one_to_json<SystemctlEnabled, parse_systemctl_enabled, systemctl_enabled>},
    ParseKind{"unit-file",
              "systemctl cat UNIT",
              {"单元文件及其附加配置", "a unit file with its drop-ins"},
              one_to_json<UnitFile, parse_unit_file, unit_file>},
    ParseKind{"stat",
              "stat -c '%a|%u|%g|%U|%G|%s|%Y|%F' PATH",
              {"文件的权限与属主", "mode and owner of a file"},
              one_to_json<FileStat, parse_stat, file_stat>},
    ParseKind{"sha256sum",
              "sha256sum PATH",
              {"文件的校验和", "a file's digest"},
              each_to_json<FileSum, parse_sha256sum_each, sha256>},
    ParseKind{"meminfo",
              "cat /proc/meminfo",
              {"主机内存", "memory of a host"},
              one_to_json<MemInfo, parse_meminfo, meminfo>},
    ParseKind{"df",
              "df -Pk PATH",
              {"文件系统的空间", "space on a file system"},
              each_to_json<DiskFree, parse_df_each, disk_free>},
    ParseKind{"uname",
              "uname -m",
              {"主机架构", "architecture of a host"},
              one_to_json<Machine, parse_uname, machine>},
    ParseKind{"user-id",
              "id -u",
              {"以谁的身份查询", "who asks"},
              one_to_json<UserId, parse_user_id, user_id>},
    ParseKind{"clock",
              "date +%s.%N",
              {"主机时钟", "clock of a host"},
              one_to_json<ClockReading, parse_clock, clock_reading>},
};

}  // namespace

std::span<const ParseKind> host_kinds() {
  return kHostKinds;
}

}  // namespace touchstone
