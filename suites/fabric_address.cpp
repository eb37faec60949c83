#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/model/said.h"
#include "harness/parse/ipv4.h"
#include "suites/compare.h"
#include "suites/container_rules.h"
#include "suites/fabric.h"
#include "suites/known.h"

namespace touchstone {
namespace {

// The command that a person types to set it. N stands for the NPU: reports fold findings whose next
// action is the same.
Text set_command(const std::string& what) {
  const std::string command = "hccn_tool -i N " + what;
  return {command, command};
}

// The same while nothing runs on the NPU: another address or gateway breaks running RDMA.
Text set_when_idle(const std::string& what) {
  const Text command = set_command(what);
  return {"空闲时执行:" + command.zh, "while the NPU is idle: " + command.en};
}

Text or_unset(const std::string& value) {
  return value.empty() ? Phrase("未设置", "not set") : Phrase(value);
}

void expect_planned(const std::string& actual, const std::string& planned, const Text& what,
                    Text next) {
  if (planned.empty()) return;
  EXPECT_EQ(actual, planned) << Finding{
      .expected = said("{} {}(站点规划)", "{} {} (the site's plan)", what, planned),
      .actual = or_unset(actual),
      .why = {"与清单中的地址规划不符", "it is not what the inventory's plan says"},
      .next = std::move(next)};
}

const Text kAddressesWouldGo{"重启后 NPU 会失去地址",
                             "after a reboot the NPUs would have no addresses"};

std::string tls_of(const Evidence& npu) {
  const auto& parsed = npu.parsed(kTls);
  if (refused_as(parsed, Refusal::Kind::kNoCertificates)) return "no-certificates";
  return npu[kTls].enabled ? "1" : "0";
}

}  // namespace

const NpuAddress* plan_of(const Evidence& npu) {
  const auto& plan = npu.group().npu_network;
  const auto at = plan.find(npu.target().host);
  if (at == plan.end() || npu.npu() >= static_cast<int>(at->second.size())) return nullptr;
  return &at->second[static_cast<std::size_t>(npu.npu())];
}

std::string gateway_of(const Evidence& npu) {
  const auto& parsed = npu.parsed(kGateway);
  if (refused_as(parsed, Refusal::Kind::kNotSet)) return "";
  return npu[kGateway].gateway;
}

void expect_netdetect(const Evidence& npu) {
  const auto& address = npu[kNetdetect].address;
  const NpuAddress* plan = plan_of(npu);
  const std::string planned = plan ? plan->netdetect : "";
  const std::string best = planned.empty() ? gateway_of(npu) : planned;
  const Text next =
      set_command("-netdetect -s address " + (best.empty() ? "<gateway or peer>" : best));
  if (!address) {
    ADD_FAILURE() << Finding{.expected = {"侦测地址", "a netdetect address"},
                             .actual = {"未设置", "not set"},
                             .why = {"没有侦测地址,net_health 永远停在 Init",
                                     "without it net health stays at Init for ever"},
                             .next = next};
    return;
  }
  if (!planned.empty()) return expect_planned(*address, planned, {"侦测地址", "netdetect"}, next);
  const HccnIp& ip = npu[kIp];
  EXPECT_TRUE(same_subnet(*address, ip.address, ip.netmask) || *address == gateway_of(npu))
      << Finding{.expected = said("在 {}/{} 的网段内,或是网关",
                                  "in the subnet of {}/{}, or the gateway", ip.address, ip.netmask),
                 .actual = *address,
                 .why = {"侦测地址不可达,健康状态没有意义",
                         "an address that the NPU cannot reach says nothing of its health"},
                 .next = next};
}

void expect_gateway(const Evidence& npu) {
  const std::string gateway = gateway_of(npu);
  const NpuAddress* plan = plan_of(npu);
  if (plan && !plan->gateway.empty())
    return expect_planned(gateway, plan->gateway, {"网关", "gateway"},
                          set_when_idle("-gateway -s gateway " + plan->gateway));
  if (gateway.empty()) {
    EXPECT_EQ(npu.profile().fabric, "direct")
        << Finding{.expected = {"网关", "a gateway"},
                   .actual = {"未设置", "not set"},
                   .why = {"跨网段的 NPU 无法互通", "NPUs in other segments cannot be reached"}};
    return;
  }
  const HccnIp& ip = npu[kIp];
  EXPECT_TRUE(same_subnet(gateway, ip.address, ip.netmask)) << Finding{
      .expected = said("在 {}/{} 的网段内", "in the subnet of {}/{}", ip.address, ip.netmask),
      .actual = gateway,
      .why = {"网关不在 NPU 的网段内", "the gateway is not in the NPU's segment"}};
}

void expect_address(const Evidence& npu) {
  const NpuAddress* plan = plan_of(npu);
  const Text next =
      plan ? set_when_idle("-ip -s address ADDRESS netmask NETMASK, as expected") : Text{};
  const auto& parsed = npu.parsed(kIp);
  if (refused_as(parsed, Refusal::Kind::kNotSet)) {
    ADD_FAILURE() << Finding{
        .expected =
            plan ? said("地址 {} 掩码 {}(站点规划)", "address {} netmask {} (the site's plan)",
                        plan->address, plan->netmask)
                 : Text{"IPv4 地址与掩码", "an IPv4 address and netmask"},
        .actual = {"未设置", "not set"},
        .why = {"没有地址就生成不了 rank table", "without an address there can be no rank table"},
        .next = next};
    return;
  }
  const HccnIp& ip = npu[kIp];
  if (!plan) return;
  expect_planned(ip.address, plan->address, {"地址", "address"}, next);
  expect_planned(ip.netmask, plan->netmask, {"掩码", "netmask"}, next);
}

void expect_unique_addresses(const Evidence& cluster) {
  std::map<std::string, std::vector<std::string>> holders;
  for (const auto& [npu, ip] : cluster.each(kIp))
    holders[ip->address].push_back(npu.target().str());
  for (const auto& [address, npus] : holders)
    for (std::size_t i = 1; i < npus.size(); ++i)
      ADD_FAILURE() << Finding{
          .target = npus[i],
          .expected = {"独有的地址", "an address of its own"},
          .actual = said("{},与 {} 相同", "{}, as {}", address, npus.front()),
          .why = {"地址冲突会使通信随机失败",
                  "two ports with one address make communication fail at random"}};
}

void expect_tls(const Evidence& npu) {
  const std::string& wanted = npu.profile().tls;
  const auto& parsed = npu.parsed(kTls);
  if (refused_as(parsed, Refusal::Kind::kNoCertificates)) {
    if (wanted == "no-certificates") return;
    throw NoEvidence(
        {npu.target().str() +
             ":NPU 没有证书,读不到 TLS 开关;若全站如此,请在清单 site 中写 tls: no-certificates",
         npu.target().str() +
             ": the NPU has no certificates, so its TLS switch cannot be read; where that is "
             "meant, write `tls: no-certificates` under `site` in the inventory"});
  }
  const std::string actual = npu[kTls].enabled ? "1" : "0";
  EXPECT_EQ(actual, wanted) << Finding{
      .expected = said("TLS 开关 {}", "TLS switch {}", wanted),
      .actual = said("TLS 开关 {}", "TLS switch {}", actual),
      .why = {"开关不一致时 HCCL 建链超时(EI0006、EI0016)",
              "where the switches differ, HCCL times out while it connects (EI0006, EI0016)"},
      .next = wanted == "no-certificates" ? Text{} : set_command("-tls -s enable " + wanted)};
}

void expect_same_tls(const Evidence& group) {
  NamedValues values;
  for (const Evidence& npu : group.npus()) {
    try {
      values.emplace_back(npu, tls_of(npu));
    } catch (const NoEvidence& missing) {
      npu.note_missing(missing.why());
    }
  }
  expect_the_same(
      values,
      {"开关不一致时 HCCL 建链超时(EI0006、EI0016)",
       "where the switches differ, HCCL times out while it connects (EI0006, EI0016)"},
      group.profile().tls, {"(配置档中的值)", " (the profile's)"},
      [](const std::string& value) { return said("TLS 开关 {}", "TLS switch {}", value); });
}

void expect_hccn_conf(const Evidence& host) {
  const auto& parsed = host.parsed(kHccnConf);
  if (refused_as(parsed, Refusal::Kind::kNotSet)) {
    ADD_FAILURE() << Finding{.expected = {"文件存在", "the file is there"},
                             .actual = {"没有这个文件", "no such file"},
                             .why = kAddressesWouldGo};
    return;
  }
  // The question was answered; it is the file that says nothing, or cannot be read by the tool.
  if (!parsed && parsed.refusal().kind != Refusal::Kind::kErrorText) {
    const bool empty = parsed.refusal().kind == Refusal::Kind::kEmpty;
    ADD_FAILURE() << Finding{
        .expected = {"每个 NPU 的 key_N=value 行", "lines key_N=value of every NPU"},
        .actual = empty ? Text{"空文件", "an empty file"} : parsed.refusal().reason,
        .why = kAddressesWouldGo};
    return;
  }
  const HccnConf& conf = host[kHccnConf];
  for (const Evidence& npu : host.npus()) {
    const auto lines = conf.by_npu.find(npu.npu());
    auto expect = [&](const char* key, const std::string& live, bool may_lack) {
      const std::string* written = nullptr;
      if (lines != conf.by_npu.end())
        if (auto at = lines->second.find(key); at != lines->second.end()) written = &at->second;
      if (!written && (may_lack || live.empty())) return;
      EXPECT_EQ(written ? *written : "", live)
          << Finding{.target = npu.target().str(),
                     .expected = said("{}_{}={}(生效的值)", "{}_{}={} (in force)", key, npu.npu(),
                                      or_unset(live)),
                     .actual = written ? Phrase(fmt::format("{}_{}={}", key, npu.npu(), *written))
                                       : Phrase(said("没有 {}_{}", "no {}_{}", key, npu.npu())),
                     .why = {"重启后以文件为准,容器看到的也是文件",
                             "after a reboot the file counts, and it is what the container sees"}};
    };
    const HccnIp& ip = npu[kIp];
    expect("address", ip.address, false);
    expect("netmask", ip.netmask, false);
    expect("gateway", gateway_of(npu), false);
    expect("netdetect", npu[kNetdetect].address.value_or(""), false);
    // Older drivers do not write the key, and without certificates there is no switch to compare
    // with.
    if (const std::string tls = tls_of(npu); tls != "no-certificates")
      expect("tls_enable", tls, true);
  }
  expect_hccn_conf_inside(host);
}

}  // namespace touchstone
