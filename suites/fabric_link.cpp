#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/model/said.h"
#include "suites/compare.h"
#include "suites/fabric.h"
#include "suites/known.h"

namespace touchstone {
namespace {

// Counters of `hccn_tool -stat -g` that mean damage when they grow; the others count traffic.
// Packets sent again or come out of order are what loss on the way looks like from an end.
constexpr std::array<std::string_view, 7> kErrorCounters{
    "mac_rx_fcs_err_pkt_num", "mac_rx_bad_pkt_num",   "roce_rx_err_pkt_num",  "roce_tx_err_pkt_num",
    "roce_qp_status_err_num", "roce_new_pkt_rty_num", "roce_out_of_order_num"};

Text meaning_of(HccnNetHealth::Status status) {
  using S = HccnNetHealth::Status;
  switch (status) {
    case S::kSocketFail:
      return {"设备侧无法建立探测套接字", "the device cannot open the socket it probes with"};
    case S::kReceiveTimeout:
      return {"侦测地址没有应答", "the netdetect address does not answer"};
    case S::kUnreachable:
      return {"到侦测地址没有路由", "there is no route to the netdetect address"};
    case S::kTimeExceeded:
      return {"探测报文超时", "the probe timed out on its way"};
    case S::kFault:
      return {"链路或端口故障", "a fault of the link or the port"};
    case S::kInit:
      return {
          "侦测尚未开始:地址刚设置,或侦测线程未启动",
          "nothing was detected yet: the address was only just set, or detection has not started"};
    case S::kThreadError:
      return {"侦测线程出错", "the detecting thread failed"};
    case S::kDetectIpSet:
      return {"侦测地址已设,尚无结果,稍后再查",
              "the address is set, but there is no result yet; ask again later"};
    default:
      return {"未知状态", "an unknown state"};
  }
}

// Link downs since the driver was loaded. Older tools count the ups only, the first of which ended
// no flap.
std::int64_t counted_downs(const HccnLinkStat& stat) {
  return stat.down_count.value_or(std::max<std::int64_t>(stat.up_count - 1, 0));
}

// Worked out once for the group: each of its NPUs is compared with all the others.
const std::string& commonest_mtu(const Evidence& npu) {
  return npu.book().once(npu.group(), "commonest MTU", [&npu] {
    NamedValues all;
    for (const auto& [sibling, value] : npu.siblings(kMtu))
      all.emplace_back(sibling, std::to_string(value->mtu));
    return most_common(all);
  });
}

}  // namespace

void expect_neighbour(const Evidence& npu) {
  const Text why{
      "没有收到对端的 LLDP:线缆未插、对端关闭,或交换机未开 LLDP",
      "no LLDP was heard: no cable, the other end is off, or the switch does not send it"};
  const auto& parsed = npu.parsed(kLldp);
  if (refused_as(parsed, Refusal::Kind::kEmpty)) {
    ADD_FAILURE() << Finding{.expected = {"有邻居", "a neighbour"},
                             .actual = {"没有收到任何报文", "nothing heard"},
                             .why = why};
    return;
  }
  const HccnLldp& lldp = npu[kLldp];
  EXPECT_TRUE(lldp.neighbour) << Finding{
      .expected = {"有邻居", "a neighbour"},
      .actual = {"收到的报文没有指明邻居", "a frame that names nobody"},
      .why = why};
  // A port of MAC subtype and direct fibre have no interface name, and that is no finding. Nobody
  // else may leave empty what he says is one.
  const bool empty_name = lldp.port_subtype == "Ifname" && lldp.port_id.empty();
  const bool must_have_name = lldp.neighbour && !lldp.direct_fibre &&
                              (empty_name || (lldp.is_switch && lldp.port_subtype != "MAC"));
  EXPECT_TRUE(!must_have_name || (lldp.ifname && !lldp.ifname->empty())) << Finding{
      .expected = {"交换机端口的 Ifname", "Ifname of the switch port"},
      .actual = said("端口 '{}',subtype '{}'", "port '{}' of subtype '{}'", lldp.port_id,
                     lldp.port_subtype),
      .why = {"不知道接在交换机的哪个端口", "nobody can tell which port of the switch this is"}};
}

void expect_distinct_ports(const Evidence& cluster) {
  std::map<std::string, std::vector<std::string>> ends;
  for (const auto& [npu, lldp] : cluster.each(kLldp))
    if (!lldp->port_id.empty())
      ends[lldp->chassis + " " + lldp->port_id].push_back(npu.target().str());
  for (const auto& [port, npus] : ends)
    for (std::size_t i = 1; i < npus.size(); ++i)
      ADD_FAILURE() << Finding{.target = npus[i],
                               .expected = {"独占一个交换机端口", "a switch port of its own"},
                               .actual = said("{},与 {} 相同", "{}, as {}", port, npus.front()),
                               .why = {"一个端口不可能连两个 NPU:布线记录有误,或端口被拆分后重名",
                                       "one port cannot have two NPUs: the LLDP entry is stale, or "
                                       "the cabling differs from its record"}};
}

void expect_link_up(const Evidence& npu) {
  EXPECT_TRUE(npu[kLink].up) << Finding{
      .expected = "UP",
      .actual = "DOWN",
      .why = {"该 NPU 无法参与跨机通信",
              "this NPU cannot take part in communication between servers"}};
}

void expect_no_flaps(const Evidence& npu) {
  const HccnLinkStat& stat = npu[kLinkStat];
  if (!stat.current)
    throw NoEvidence(
        {npu.target().str() + ":读不到设备时间,无法判断闪断窗口",
         npu.target().str() + ": the device's clock cannot be read, so no window can be judged"});
  const double hours = npu.profile().flap_window_hours;
  std::int64_t flaps = 0, recorded = 0;
  for (const HccnLinkStat::Record& record : stat.records) {
    recorded += !record.up;
    flaps += !record.up && static_cast<double>(*stat.current - record.time) <= hours * 3600;
  }
  EXPECT_EQ(flaps, 0) << Finding{
      .expected = said("{} 小时内没有 LINK DOWN", "no LINK DOWN within {} h", hours),
      .actual = said("最近 {1} 条记录中有 {0} 条", "{} of the last {} records", flaps,
                     stat.records.size()),
      .why = {"链路闪断会中断推理(ERROR CQE)", "a flap breaks running inference (ERROR CQE)"}};
  // Where there is room for more records, each down that was counted should have one.
  const std::int64_t counted = counted_downs(stat);
  if (stat.records.size() < HccnLinkStat::kMostRecords && recorded < counted)
    throw NoEvidence(said(
        "{0}:工具数到 {1} 次断开,只有 {2} 次有记录,其余是否在 {3} 小时内无从得知;请观察计数是否增长"
        "(hccn_tool -i {4} -link_stat -g)",
        "{0}: {1} link downs were counted and {2} recorded, so nobody can tell whether the others "
        "were within {3} h; watch whether the count grows (hccn_tool -i {4} -link_stat -g)",
        npu.target().str(), counted, recorded, hours, npu.npu()));
}

void expect_net_health(const Evidence& npu) {
  const HccnNetHealth& health = npu[kNetHealth];
  EXPECT_EQ(health.status, HccnNetHealth::Status::kSuccess)
      << Finding{.expected = "Success", .actual = health.text, .why = meaning_of(health.status)};
}

void expect_still_counters(const Evidence& npu) {
  const auto& before = npu[kCounters].counters;
  const auto& after = npu.again(kCounters).counters;
  std::size_t compared = 0;
  for (std::string_view name : kErrorCounters) {
    const auto first = before.find(std::string(name)), second = after.find(std::string(name));
    if (first == before.end() || second == after.end()) continue;
    ++compared;
    EXPECT_LE(second->second, first->second)
        << Finding{.expected = said("{} 不再增加", "{} stands still", name),
                   .actual = fmt::format("{} → {}", first->second, second->second),
                   .why = {"正在丢包或误码", "packets are being damaged or lost right now"}};
  }
  if (compared == 0)
    throw NoEvidence({npu.target().str() + ":两次回答中没有可比较的错误计数",
                      npu.target().str() + ": the two answers have no error counter in common"});
  const std::string mtu = std::to_string(npu[kMtu].mtu);
  const bool as_most = npu.profile().mtu == "same";
  const std::string wanted = as_most ? commonest_mtu(npu) : npu.profile().mtu;
  EXPECT_EQ(mtu, wanted) << Finding{
      .expected = said("MTU {}{}", "MTU {}{}", wanted,
                       as_most ? Text{"(与多数相同)", " (as most)"} : Text{}),
      .actual = "MTU " + mtu,
      .why = {"MTU 不一致时大报文被丢弃", "where MTUs differ, large packets are dropped"}};
}

}  // namespace touchstone
