#include "suites/chapters.h"
#include "suites/fabric.h"
#include "suites/fabric_collective.h"
#include "suites/fabric_mesh.h"
#include "suites/probes_container.h"
#include "suites/remedies.h"
#include "suites/standing_on.h"

namespace touchstone {
namespace {

// Of an NPU everything stands on tools and root, and on that NPU being listed.
Step of_npu(Step step) {
  step.on = Scope::kNpu;
  return standing_on({"0.2", "1.1.2"}, std::move(step));
}

void add_link_steps(Chapter& chapter) {
  chapter.step(of_npu(
      {.id = "3.1.1",
       .name = "LldpSeesANeighbour",
       .title = {"LLDP 能看到对端", "LLDP sees a neighbour"},
       .requirement = {"每个 NPU 端口经 LLDP 看到对端;对端为交换机时有接口名",
                       "Every port hears a neighbour by LLDP; a switch tells the name of its port"},
       .place = "3.1, instruction 1",
       .probes = {kLldp},
       .expect = expect_neighbour,
       .remedy = {.text = {"检查光模块、线缆以及交换机端口的 LLDP",
                           "check optics and cable, and LLDP on the switch port"}}}));
  chapter.step(
      {.id = "3.1.2",
       .name = "SwitchPortsDiffer",
       .title = {"没有两个 NPU 报告同一交换机端口", "No two NPUs report the same switch port"},
       .requirement = {"以机框和端口为键,每个端口只连一个 NPU",
                       "Keyed by chassis and port, every switch port has one NPU"},
       .place = "beyond the guide",
       .on = Scope::kCluster,
       .probes = {kLldp},
       .stands_on = {"0.2", "1.1.2", "3.1.1"},
       .expect = expect_distinct_ports,
       .remedy = {.text = {"核对布线:被点名的端口连错,或 LLDP 信息陈旧",
                           "check the cabling of the ports that are named, or wait until stale "
                           "LLDP entries are gone"}}});
  chapter.step(of_npu(
      {.id = "3.1.3",
       .name = "LinkIsUp",
       .title = {"链路状态为 UP", "The link is up"},
       .requirement = {"每个 NPU 端口的链路为 UP", "The link of every NPU port is UP"},
       .place = "3.1, instruction 2",
       .probes = {kLink},
       .expect = expect_link_up,
       .remedy = {.text = {"重插或更换光模块与线缆,检查交换机端口",
                           "reseat or exchange optics and cable, look at the switch port"}}}));
  chapter.step(of_npu(
      {.id = "3.1.4",
       .name = "LinkIsSteady",
       .title = {"链路近期没有闪断", "The link has not flapped"},
       .requirement =
           {"时间窗内没有 LINK DOWN 记录,工具数到的断开都有记录;两次运行之间的增长由 diff 与 "
            "--baseline 列出",
            "There is no LINK DOWN record within the window, and what the tool counted is on "
            "record; what the count grew by between two runs is told by `diff` and `--baseline`"},
       .place = "beyond the guide",
       .probes = {kLinkStat},
       .stands_on = {"3.1.3"},
       .expect = expect_no_flaps,
       .remedy = {.text = {"检查光功率与线缆,观察是否再次闪断",
                           "check optical power and cable, and watch whether it comes again"}}}));
  chapter.step(of_npu(
      {.id = "3.1.5",
       .name = "NetHealthIsSuccess",
       .title = {"网络健康状态为 Success", "Net health is Success"},
       .requirement =
           {"NPU 对侦测地址的探测成功;Init 表示尚未侦测,不算健康",
            "The NPU reaches its netdetect address; Init means that nothing was detected yet, "
            "which is not health"},
       .place = "3.1, instruction 3",
       .probes = {kNetHealth},
       .stands_on = {"3.1.3", "3.1.6"},
       .expect = expect_net_health,
       .remedy = {
           .text = {"检查侦测地址、网关与交换机上的 VLAN",
                    "check the netdetect address, the gateway, and the VLAN on the switch"}}}));
}

void add_address_steps(Chapter& chapter) {
  chapter.step(
      of_npu({.id = "3.1.6",
              .name = "NetdetectIsSet",
              .title = {"侦测地址已设置且合理", "The netdetect address is set and sensible"},
              .requirement = {"侦测地址在 NPU 的子网内,或就是网关",
                              "The netdetect address lies in the NPU's subnet or is its gateway"},
              .place = "3.1, instruction 4",
              .probes = {kNetdetect, kIp, kGateway},
              .stands_on = {"3.1.10"},
              .expect = expect_netdetect,
              .remedy = {.risk = Risk::kSafe,
                         .text = {"hccn_tool -i N -netdetect -s address <网关>",
                                  "hccn_tool -i N -netdetect -s address <gateway>"}}}));
  chapter.step(of_npu(
      {.id = "3.1.7",
       .name = "GatewayIsSet",
       .title = {"网关已设置且在子网内", "The gateway is set and in the NPU's subnet"},
       .requirement =
           {"每个 NPU 有网关,且与其地址同网段;直连光纤可以没有",
            "Every NPU has a gateway in its own segment; direct fibre between two servers may "
            "have none"},
       .place = "3.1, instruction 5",
       .probes = {kGateway, kIp},
       .stands_on = {"3.1.10"},
       .expect = expect_gateway,
       .remedy = {
           .risk = Risk::kService,
           .text = {"空闲时 hccn_tool -i N -gateway -s gateway <地址>",
                    "while the NPU is idle: hccn_tool -i N -gateway -s gateway <address>"}}}));
  chapter.step(of_npu({.id = "3.1.8",
                       .name = "TlsSwitchIsZero",
                       .title = {"NPU 底层 TLS 校验开关符合配置档(0)",
                                 "The TLS switch of the NPU port is the profile's (0)"},
                       .requirement = {"指南建议所有 NPU 的底层 TLS 校验开关为 0",
                                       "The guide advises 0 for the TLS switch of every NPU"},
                       .place = "3.1, instructions 6–7",
                       .probes = {kTls},
                       .expect = expect_tls,
                       .remedy = {.risk = Risk::kSafe,
                                  .text = {"hccn_tool -i N -tls -s enable 0",
                                           "hccn_tool -i N -tls -s enable 0"}}}));
  chapter.step(
      {.id = "3.1.9",
       .name = "TlsSwitchIsTheSame",
       .title = {"所有 NPU 的 TLS 开关一致", "The TLS switch is the same on every NPU"},
       .requirement = {"同一组内所有主机、所有 NPU 的 TLS 开关相同",
                       "All NPUs of all hosts of a group have the same TLS switch"},
       .place = "3.1, instruction 6",
       .on = Scope::kGroup,
       .probes = {kTls},
       .stands_on = {"0.2", "1.1.2"},
       .expect = expect_same_tls,
       .remedy = {.risk = Risk::kSafe,
                  .text = {"把被点名的 NPU 设为与其他相同:hccn_tool -i N -tls -s enable "
                           "0|1;没有证书的先导入证书",
                           "make the NPUs that are named like the others: hccn_tool -i N -tls -s "
                           "enable 0|1; one without certificates needs certificates first"}}});
  chapter.step(of_npu(
      {.id = "3.1.10",
       .name = "AddressIsSet",
       .title = {"NPU 有 IPv4 地址与掩码", "The NPU has an IPv4 address and netmask"},
       .requirement = {"每个 NPU 有地址;清单给出规划时与规划一致",
                       "Every NPU has an address; where the inventory has a plan, the plan's"},
       .place = "3.1, instruction 8",
       .probes = {kIp},
       .expect = expect_address,
       .remedy = {.risk = Risk::kService,
                  .text = {"空闲时按地址、网关、侦测地址的顺序设置:hccn_tool -i N -ip -s "
                           "address <地址> netmask <掩码>",
                           "while the NPU is idle, in the order address, gateway, netdetect: "
                           "hccn_tool -i N -ip -s address <address> netmask <netmask>"}}}));
  chapter.step({.id = "3.1.11",
                .name = "AddressesDiffer",
                .title = {"NPU 地址在集群内唯一", "NPU addresses are unique in the cluster"},
                .requirement = {"没有两个 NPU 使用同一地址", "No two NPUs have the same address"},
                .place = "beyond the guide",
                .on = Scope::kCluster,
                .probes = {kIp},
                .stands_on = {"0.2", "1.1.2", "3.1.10"},
                .expect = expect_unique_addresses,
                .remedy = {.text = {"修改重复的地址,并更新地址规划",
                                    "change one of the two, and the site's plan"}}});
  chapter.step(
      {.id = "3.1.12",
       .name = "HccnConfAgrees",
       .title = {"/etc/hccn.conf 与硬件一致", "/etc/hccn.conf agrees with the hardware"},
       .requirement =
           {"文件中的地址、掩码、网关、侦测地址与 TLS 开关同实际一致,容器看到的也是这份文件",
            "Address, netmask, gateway, netdetect and TLS switch in the file are those in force, "
            "and the container sees the same file"},
       .place = "beyond the guide",
       .on = Scope::kHost,
       .probes = {kHccnConf, kIp, kGateway, kNetdetect, kTls, kHccnConfInside},
       .stands_on = {"0.2", "1.1.2", "3.1.10"},
       .expect = expect_hccn_conf,
       .remedy = {
           .risk = Risk::kService,
           .text = {
               "只用 hccn_tool … -s 重新设置:容器绑定挂载了该文件,不可替换;只是容器看到旧文件时,"
               "docker restart 该容器",
               "set it again by `hccn_tool … -s` only: containers bind-mount the file, "
               "so it must not be replaced; where only the container sees an older one, "
               "`docker restart` it"}}});
}

void add_quality_steps(Chapter& chapter) {
  chapter.step(of_npu(
      {.id = "3.1.13",
       .name = "PortIsFastAndBright",
       .title = {"端口速率与光模块指标正常", "Speed and optics are within limits"},
       .requirement =
           {"端口速率与配置档一致;有光模块时功率、信噪比在门限内",
            "The port has the profile's speed; where there are optics, power and SNR are within "
            "limits"},
       .place = "beyond the guide",
       .probes = {kSpeed, kOptical},
       .stands_on = {"3.1.3"},
       .expect = expect_speed_and_optics,
       .remedy = {
           .text = {"清洁或更换光模块与光纤,检查交换机端口速率",
                    "clean or exchange optics and fibre, check the speed of the switch port"}}}));
  chapter.step(
      {.id = "3.1.14",
       .name = "NpusReachEachOther",
       .title = {"跨主机的 NPU 互 ping 不丢包", "NPUs ping each other across hosts without loss"},
       .requirement = {"同组不同主机的 NPU 互 ping,没有报文丢失;直连光纤只看同号 NPU",
                       "No packet is lost between NPUs of different hosts of a group; with direct "
                       "fibre between those of the same index"},
       .place = "beyond the guide",
       .on = Scope::kGroup,
       .probes = {kIp, kLink},
       .stands_on = {"0.2", "1.1.2", "3.1.3", "3.1.10"},
       .expect = expect_whole_mesh,
       .not_applicable = no_mesh_in,
       .remedy = {.text = {"先处理被点名的 NPU;成对点名的,检查两者之间的路径",
                           "look at the NPUs that are named first; where a pair is named, at what "
                           "lies between the two"}}});
  chapter.step(of_npu(
      {.id = "3.1.15",
       .name = "ErrorCountersStandStill",
       .title = {"错误计数不增长,MTU 一致",
                 "Error counters stand still, and the MTU is the same everywhere"},
       .requirement = {"两次读取之间错误计数不变;各 NPU 的 MTU 相同",
                       "No error counter grows between two looks; all NPUs have the same MTU"},
       .place = "beyond the guide",
       .probes = {kCounters, kMtu},
       .stands_on = {"3.1.3"},
       .expect = expect_still_counters,
       .remedy = {.text = {"检查光模块、线缆与拥塞控制配置;统一 MTU",
                           "check optics, cable and congestion control; set one MTU"}}}));
  chapter.step(
      {.id = "3.1.16",
       .name = "CollectiveIsFast",
       .title = {"集合通信带宽达标", "A collective reaches its bandwidth"},
       .requirement = {"站点给出 hccl_test 且 NPU 空闲时:全部主机一起 all_reduce,结果正确,带宽达到"
                       "配置档的值",
                       "Where the site names its hccl_test, and while the NPUs are idle: an "
                       "all_reduce over all hosts is right and as fast as the profile says"},
       .place = "beyond the guide",
       .on = Scope::kGroup,
       .probes = {kNpuSmi},
       .stands_on = {"0.2", "1.1.2", "1.1.5", "3.1.3", "3.1.10", "3.1.14"},
       .expect = expect_fast_collective,
       .not_applicable = no_collective_in,
       .remedy = {
           .text = {"先处理 3.1 的其他发现;再逐台、逐对减少主机重跑 hccl_test,找出变慢的一台",
                    "clear the other findings of 3.1 first; then run hccl_test with fewer "
                    "hosts, until the slow one is found"}}});
}

}  // namespace

Chapter fabric() {
  Chapter chapter{.id = "3.1", .title = {"NPU 网络", "The NPU network"}};
  add_link_steps(chapter);
  add_address_steps(chapter);
  add_quality_steps(chapter);
  repaired_by(chapter, "3.1.6", fix_netdetect);
  repaired_by(chapter, "3.1.7", fix_gateway);
  repaired_by(chapter, "3.1.8", fix_tls);
  repaired_by(chapter, "3.1.9", fix_same_tls);
  repaired_by(chapter, "3.1.10", fix_address, {kGateway});
  repaired_by(chapter, "3.1.12", fix_hccn_conf, {kContainer});
  chapter.later = mesh_questions();
  for (Later& later : collective_questions()) chapter.later.push_back(std::move(later));
  return chapter;
}

}  // namespace touchstone
