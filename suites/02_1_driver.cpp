#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/model/said.h"
#include "harness/model/version_range.h"
#include "suites/chapters.h"
#include "suites/compare.h"
#include "suites/known.h"
#include "suites/npu_row.h"
#include "suites/remedies.h"

namespace touchstone {
namespace {

void expect_driver(const Evidence& host) {
  const std::string running = host[kNpuSmi].version;
  const std::string& wanted = host.profile().driver;
  EXPECT_TRUE(version_fits(running, wanted)) << Finding{
      .expected = said("驱动 {}", "driver {}", wanted),
      .actual = running + " (npu-smi)",
      .why = {"指南在该驱动版本上验证", "the guide holds for this version of the driver"}};
  const auto& installed = host.parsed(kDriverInfo);
  if (refused_as(installed, Refusal::Kind::kNotSet)) {
    ADD_FAILURE() << Finding{
        .expected = {"已安装驱动的 version.info", "the installed driver's version.info"},
        .actual = {"没有这个文件", "no such file"},
        .why = {"驱动未安装或安装不完整", "the driver is not installed, or not completely"}};
    return;
  }
  const VersionInfo& info = host[kDriverInfo];
  EXPECT_EQ(info.version, running)
      << Finding{.expected = said("已安装的与运行中的 {} 相同", "installed {} as running", running),
                 .actual = said("已安装 {}", "installed {}", info.version),
                 .why = {"已安装的驱动尚未生效(需要重启),或内核更新后旧驱动仍在运行",
                         "what is installed is not what runs: a reboot is due, or a kernel update "
                         "left the old one in place"},
                 .next = {"重启主机;若仍不一致,重新安装驱动",
                          "reboot the host; if they still differ, install the driver again"}};
}

void expect_firmware(const Evidence& npu) {
  const NpuSmiBoard& board = npu[kBoard];
  EXPECT_TRUE(version_fits(board.firmware_version, npu.profile().firmware))
      << Finding{.expected = said("固件 {}", "firmware {}", npu.profile().firmware),
                 .actual = board.firmware_version,
                 .why = {"固件须与驱动配套", "the firmware must go with the driver"}};
}

void expect_the_same_versions(const Evidence& group) {
  NamedValues drivers, firmwares;
  for (const auto& [host, table] : group.each(kNpuSmi)) drivers.emplace_back(host, table->version);
  for (const auto& [npu, board] : group.each(kBoard))
    firmwares.emplace_back(npu, board->firmware_version);
  const Text why{"同一集群内驱动与固件不一致会导致通信算子行为不同",
                 "mixed drivers or firmware make collective operations disagree"};
  const Profile& profile = group.profile();
  auto fits = [](const std::string& wanted) {
    return [&wanted](const std::string& version) { return version_fits(version, wanted); };
  };
  expect_the_same(drivers, why, first_that(drivers, fits(profile.driver)),
                  {"(配置档中的驱动)", " (the profile's driver)"});
  expect_the_same(firmwares, why, first_that(firmwares, fits(profile.firmware)),
                  {"(配置档中的固件)", " (the profile's firmware)"});
}

void expect_compatible(const Evidence& npu) {
  const std::string& word = npu[kBoard].compatibility;
  if (word.empty())
    throw NoEvidence({npu.target().str() + ":该驱动不报告兼容性",
                      npu.target().str() + ": this npu-smi does not tell compatibility"});
  EXPECT_EQ(word, "OK") << Finding{
      .expected = "Compatibility OK",
      .actual = "Compatibility " + word,
      .why = {"驱动与固件互不兼容", "driver and firmware do not call each other compatible"}};
}

}  // namespace

Chapter driver() {
  Chapter chapter{.id = "2.1", .title = {"驱动与固件", "Driver and firmware"}};
  const Text upgrade{
      "尚未安装时先装驱动(--full)再装固件;升级时先固件后驱动(--upgrade);完成后重启。指南称为"
      "“升级”的先后其实是首次安装的。不要运行指南中的 yum update:它可能换掉驱动所依赖的内核",
      "nothing installed: driver first (--full), then firmware; an upgrade: firmware first, then "
      "driver (--upgrade); reboot after either. What the guide calls updating has the order of "
      "a first installation. Do not run its `yum update`: it may replace the kernel under the "
      "driver"};
  chapter.step({
      .id = "2.1.1",
      .name = "DriverIsTheProfiles",
      .title = {"驱动版本符合配置档", "The driver is the profile's"},
      .requirement =
          {"运行中的驱动是配置档规定的版本,且与已安装的一致",
           "The running driver has the profile's version, and is the one that is installed"},
      .place = "2.1, instruction 2",
      .on = Scope::kHost,
      .probes = {kNpuSmi, kDriverInfo},
      .stands_on = {"0.2"},
      .expect = expect_driver,
      .remedy = {.risk = Risk::kDisruptive, .text = upgrade},
  });
  chapter.step({
      .id = "2.1.2",
      .name = "FirmwareIsTheProfiles",
      .title = {"固件版本符合配置档", "The firmware is the profile's"},
      .requirement = {"每个 NPU 的固件是配置档规定的版本",
                      "The firmware of every NPU has the profile's version"},
      .place = "2.1, instruction 9",
      .on = Scope::kNpu,
      .probes = {kBoard},
      .stands_on = {"0.2", "1.1.2"},
      .expect = expect_firmware,
      .remedy = {.risk = Risk::kDisruptive, .text = upgrade},
  });
  chapter.step({
      .id = "2.1.3",
      .name = "VersionsAreTheSame",
      .title = {"各主机驱动与固件一致", "Driver and firmware are the same everywhere"},
      .requirement = {"同一组内所有主机与 NPU 的驱动、固件版本相同",
                      "All hosts and NPUs of a group have the same driver and firmware"},
      .place = "beyond the guide",
      .on = Scope::kGroup,
      .probes = {kNpuSmi, kBoard},
      .stands_on = {"0.2", "1.1.2"},
      .expect = expect_the_same_versions,
      .remedy = {.text = {"把被点名的主机或 NPU 升级到多数所用的版本",
                          "bring the hosts or NPUs that are named to the version of the others"}},
  });
  chapter.step({
      .id = "2.1.4",
      .name = "DriverAndFirmwareFit",
      .title = {"驱动与固件互相兼容", "Driver and firmware fit each other"},
      .requirement = {"npu-smi 报告的兼容性为 OK", "npu-smi reports their compatibility as OK"},
      .place = "beyond the guide",
      .on = Scope::kNpu,
      .probes = {kBoard},
      .stands_on = {"0.2", "1.1.2"},
      .expect = expect_compatible,
      .remedy = {.text = {"按 2.1 的顺序重新安装配套的固件与驱动",
                          "install the matching firmware and driver in the order of 2.1"}},
  });
  const std::vector<Question> asks{kNpuSmi, kDriverInfo, kFirmwareInfo, kBoard};
  repaired_by(chapter, "2.1.1", fix_driver, asks);
  repaired_by(chapter, "2.1.2", fix_firmware, asks);
  return chapter;
}

}  // namespace touchstone
