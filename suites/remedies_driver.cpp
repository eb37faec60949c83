#include <cstdlib>

#include <fmt/format.h>

#include "harness/model/version_range.h"
#include "suites/change_parts.h"
#include "suites/known.h"
#include "suites/probes.h"
#include "suites/remedies.h"

namespace touchstone {
namespace {

constexpr double kInstallPackage = 3600;  // a driver: it builds a kernel module

HostCommand install_package(const SiteFile& package, const char* option) {
  return {.does = shell("umask 022; exec sh \"$1\" \"$2\" --quiet", {package.path, option}),
          .undoes = {},
          .seconds = kInstallPackage};
}

SiteFile driver_of(const Evidence& host) {
  return needed_file(host.host(), host.profile().driver_package,
                     host.profile().driver_package_sha256, "driver_package");
}

SiteFile firmware_of(const Evidence& host) {
  return needed_file(host.host(), host.profile().firmware_package,
                     host.profile().firmware_package_sha256, "firmware_package");
}

Text reboot_due() {
  return {"两者都已安装,请重启主机", "both are installed already; reboot the host"};
}

Change::Guard idle_host(const Evidence& host) {
  return {.argv = shell("test \"$(npu-smi info | grep -c 'No running processes found in NPU')\" "
                        "-ge \"$1\"",
                        {std::to_string(host.host().npus)}),
          .otherwise = {"有进程在使用 NPU,先停止服务", "NPUs are in use; stop the service first"}};
}

Change of_packages(const Evidence& host, Text what) {
  Change change = change_of_host(host, "driver and firmware", Stage::kDriver, Risk::kDisruptive,
                                 std::move(what));
  change.may_stay = true;  // what is read does not tell of all that is installed
  change.interrupts = {
      "该主机上的所有 NPU 任务;需要重启主机(不会自动重启)",
      "everything that uses the NPUs of this host; the reboot that is due is left to you"};
  return change;
}

// When the firmware was installed is a part of what is read, since versions do not tell of an NPU
// that missed it: where it was installed since the plan was made, the state has moved, and nothing
// is installed twice. `first`: a script that is run before, its words from $3 on.
std::vector<std::string> read_firmware(const Evidence& host, const std::string& first = "",
                                       const std::vector<std::string>& words = {}) {
  std::vector<std::string> all{on_host(host.host(), "/usr/local/Ascend/firmware/version.info"),
                               on_host(host.host(), "/proc/stat")};
  all.insert(all.end(), words.begin(), words.end());
  return shell(first + kFirmwareInfo.argv[2], all);
}

// NPUs, by number and with commas between, that run another firmware than the profile's.
std::string with_other_firmware(const Evidence& host) {
  std::string npus;
  for (const Evidence& npu : host.npus()) {
    const NpuSmiBoard* board = known(npu, kBoard);
    if (board && !version_fits(board->firmware_version, host.profile().firmware))
      npus += (npus.empty() ? "" : ", ") + std::to_string(npu.npu());
  }
  return npus;
}

// An NPU whose firmware was not written when the others' was: the package is right, and so is what
// the host has noted of it.
Change missed_update(const Evidence& host, const std::string& npus) {
  const SiteFile firmware = firmware_of(host);
  Change change = of_packages(
      host,
      {fmt::format("NPU {} 没有升级到固件 {}:再升级一次;完成后需要重启主机", npus,
                   host.profile().firmware),
       fmt::format("NPU {} missed the update to firmware {}: upgrade once more; a reboot is due "
                   "afterwards",
                   npus, host.profile().firmware)});
  change.reads = read_firmware(host);
  change.was = state_of(host, kFirmwareInfo);
  change.guards = {has_its_sum(firmware), idle_host(host)};
  change.commands = {install_package(firmware, "--upgrade")};
  return change;
}

// Whether the host was booted since its firmware was installed; not, where it does not tell.
bool booted_since(const VersionInfo& firmware) {
  const auto time = [&](const char* key) {
    const auto at = firmware.fields.find(key);
    return at == firmware.fields.end() ? 0 : std::strtoll(at->second.c_str(), nullptr, 10);
  };
  return time("installed") > 0 && time("booted") >= time("installed");
}

// Both are installed as the profile wants them, and something else runs: it takes a reboot, unless
// there was one since.
std::vector<Change> fix_what_runs(const Evidence& host) {
  const NpuSmiInfo* running = known(host, kNpuSmi);
  const std::string npus = with_other_firmware(host);
  if (!running || running->version != host[kDriverInfo].version ||
      !booted_since(host[kFirmwareInfo]) || npus.empty())
    throw NoEvidence(reboot_due());
  return {missed_update(host, npus)};
}

}  // namespace

// Nothing installed: driver, then firmware. An upgrade: firmware first, then driver (trap 9).
std::vector<Change> fix_driver(const Evidence& host) {
  const Profile& profile = host.profile();
  const bool none = refused_as(host.parsed(kDriverInfo), Refusal::Kind::kNotSet);
  const VersionInfo *driver_there = known(host, kDriverInfo),
                    *firmware_there = known(host, kFirmwareInfo);
  if (driver_there && firmware_there && version_fits(driver_there->version, profile.driver) &&
      version_fits(firmware_there->version, profile.firmware))
    return fix_what_runs(host);
  const SiteFile driver = driver_of(host), firmware = firmware_of(host);
  Change change = of_packages(
      host, {fmt::format("{}驱动 {} 与固件 {};完成后需要重启主机", none ? "安装" : "升级",
                         profile.driver, profile.firmware),
             fmt::format("{} driver {} and firmware {}; a reboot is due afterwards",
                         none ? "install" : "upgrade to", profile.driver, profile.firmware)});
  change.reads = read_firmware(host, "cat \"$3\"\n",
                               {on_host(host.host(), "/usr/local/Ascend/driver/version.info")});
  change.was = state_of_both(host, kDriverInfo, kFirmwareInfo);
  change.guards = {has_its_sum(driver), has_its_sum(firmware)};
  if (!none) change.guards.push_back(idle_host(host));
  if (none)
    change.commands = {install_package(driver, "--full"), install_package(firmware, "--full")};
  else
    change.commands = {install_package(firmware, "--upgrade"),
                       install_package(driver, "--upgrade")};
  return {change};
}

std::vector<Change> fix_firmware(const Evidence& npu) {
  ReadLog log;
  return fix_driver(
      Evidence(npu.book(), {.group = npu.group().name, .host = npu.target().host}, log));
}

}  // namespace touchstone
