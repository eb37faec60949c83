#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/model/fold.h"
#include "harness/model/said.h"
#include "suites/fabric.h"
#include "suites/known.h"

namespace touchstone {
namespace {

using Lanes = std::vector<std::optional<double>>;

// What is judged of each lane of a module.
struct Light {
  std::string_view field;  // the tool's name of it, which the lane's number follows
  const Lanes& lanes;
  NumberRange limits;
  Text what;
  const char* unit;
};

// The profile's limits where it has any, else the module's own thresholds.
NumberRange limits(const NumberRange& profile, const std::optional<double>& low,
                   const std::optional<double>& high) {
  return profile.bounded() ? profile : NumberRange{.min = low, .max = high};
}

std::array<Light, 4> lights_of(const HccnOptical& module, const Profile& profile) {
  return {{{"Rx Power",
            module.rx_power_mw,
            limits(profile.rx_power_mw, module.rx_power_low_mw, module.rx_power_high_mw),
            {"接收光功率", "received power"},
            "mW"},
           {"Tx Power",
            module.tx_power_mw,
            limits(profile.tx_power_mw, module.tx_power_low_mw, module.tx_power_high_mw),
            {"发送光功率", "sent power"},
            "mW"},
           {"Media SNR Lane",
            module.media_snr_db,
            profile.snr_db,
            {"媒介侧信噪比", "SNR of the medium"},
            "dB"},
           {"Host SNR Lane",
            module.host_snr_db,
            profile.snr_db,
            {"主机侧信噪比", "SNR towards the host"},
            "dB"}}};
}

void expect_in_limits(const Light& light) {
  for (std::size_t lane = 0; lane < light.lanes.size(); ++lane) {
    const std::optional<double>& value = light.lanes[lane];
    if (!value) continue;
    EXPECT_TRUE(light.limits.holds(*value)) << Finding{
        .expected = said("{} {} {}", "{} {} {}", light.what, light.limits.str(), light.unit),
        .actual = said("通道 {}:{} {}", "lane {}: {} {}", lane, *value, light.unit),
        .why = {"光信号过弱或过强,会误码", "light too weak or too strong makes bit errors"}};
  }
}

void expect_no_loss(const std::optional<std::uint64_t>& flag, const char* name) {
  if (!flag) return;
  EXPECT_EQ(*flag, 0U) << Finding{
      .expected = fmt::format("{} Flag 0x0", name),
      .actual = fmt::format("{} Flag {:#x}", name, *flag),
      .why = {"光模块报告信号丢失", "the module reports a loss of signal"}};
}

// Whether the verdict hangs on this line of the module's table. Its thresholds count only where the
// profile has no limits.
bool is_judged(std::string_view field, const Profile& profile) {
  if (field.starts_with("RxPower")) return !profile.rx_power_mw.bounded();
  if (field.starts_with("TxPower")) return !profile.tx_power_mw.bounded();
  if (field.find(" SNR ") != std::string_view::npos) return profile.snr_db.bounded();
  constexpr std::array<std::string_view, 4> kJudged{"Rx Power", "Tx Power", "Rx Los Flag",
                                                    "Tx Los Flag"};
  return std::any_of(kJudged.begin(), kJudged.end(),
                     [&](std::string_view judged) { return field.starts_with(judged); });
}

std::string judged_of(const std::vector<std::string>& fields, const Profile& profile) {
  std::vector<std::string> judged;
  for (const std::string& field : fields)
    if (is_judged(field, profile)) judged.push_back(field);
  return fold_names(judged);
}

void expect_optics(const Evidence& npu, const HccnOptical& module) {
  std::vector<std::string> absent = module.absent;
  for (const Light& light : lights_of(module, npu.profile())) {
    expect_in_limits(light);
    if (light.lanes.empty()) absent.emplace_back(light.field);  // older tools know no SNR
  }
  expect_no_loss(module.rx_los, "Rx Los");
  expect_no_loss(module.tx_los, "Tx Los");
  // A module that has no such value says so, one that does not answer has proven nothing.
  if (const std::string none = judged_of(absent, npu.profile()); !none.empty())
    npu.remark(said("光模块没有给出这些值,未作判断:{}",
                    "the module tells no {}, so that was not judged", none));
  if (const std::string failed = judged_of(module.unread, npu.profile()); !failed.empty())
    throw NoEvidence(said("{}:工具没有读到光模块的 {}(get failed)",
                          "{}: the tool could not read {} of the optical module (get failed)",
                          npu.target().str(), failed));
}

}  // namespace

void expect_speed_and_optics(const Evidence& npu) {
  const std::int64_t mbps = npu[kSpeed].mbps;
  EXPECT_TRUE(npu.profile().port_speed_mbps.holds(static_cast<double>(mbps)))
      << Finding{.expected = npu.profile().port_speed_mbps.str() + " Mb/s",
                 .actual = fmt::format("{} Mb/s", mbps),
                 .why = {"端口协商到了较低的速率", "the port came up at another speed"}};
  const auto& optical = npu.parsed(kOptical);
  // A product without optics says so; copper has no module. Both leave nothing to measure.
  if (refused_as(optical, Refusal::Kind::kUnsupported)) return;
  if (npu[kOptical].present || !npu[kOptical].fields.empty()) expect_optics(npu, npu[kOptical]);
}

}  // namespace touchstone
