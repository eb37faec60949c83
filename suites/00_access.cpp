#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/model/evidence.h"
#include "harness/model/said.h"
#include "suites/chapters.h"
#include "suites/probes.h"
#include "suites/visit_end.h"

// Chapter 0 is not in the guide, which begins with a shell that is already open on every host.
namespace touchstone {
namespace {

// A host that does not answer is not a host that is wrong: that is an error, never a failure.
void expect_an_answer(const Evidence& host) {
  if (auto why = why_unanswered(host.visit())) throw NoEvidence(*std::move(why));
}

void expect_root_and_tools(const Evidence& host) {
  const UserId& user = host[kUserId];
  EXPECT_EQ(user.uid, 0) << Finding{
      .expected = "uid 0",
      .actual = fmt::format("uid {}", user.uid),
      .why = {"hccn_tool 与 npu-smi 需要 root 权限,否则部分查询会失败",
              "hccn_tool and npu-smi need root; some queries fail otherwise"},
      .next = {"以 root 登录,或在清单中为该主机设置 sudo: true",
               "log in as root, or set `sudo: true` for this host in the inventory"}};
  for (const std::string& tool : host[kTools].missing())
    ADD_FAILURE() << Finding{
        .expected =
            said("{} 在 PATH 中或在指南所述的位置", "{} in PATH or at its documented path", tool),
        .actual = {"未找到", "not found"},
        .why = {fmt::format("缺少 {},依赖它的检查无法进行", tool),
                fmt::format("without {} nothing that asks it can be judged", tool)},
        .next = {"安装驱动自带的工具(hccn_tool、npu-smi)或系统软件包,再运行一次",
                 "install it (hccn_tool and npu-smi come with the driver), then run again"}};
}

struct Clock {
  std::string host;
  double ahead;  // of the controller, in seconds
  double doubt;  // how far that may be off, through the way the answer took
};

std::vector<Clock> clocks_of(const Evidence& cluster) {
  std::vector<Clock> clocks;
  for (const Evidence& host : cluster.hosts()) {
    const Visit& visit = host.visit();
    if (visit.host_time == 0 || visit.host_time_seen == 0)
      host.note_missing({visit.host + " 的时钟无法与控制机比较(离线采集)",
                         visit.host + ": its clock was not compared (collected offline)"});
    else
      clocks.push_back({visit.host, visit.host_time - visit.host_time_seen, visit.host_time_error});
  }
  return clocks;
}

// Clocks are compared through the controller's; what the way of the answer blurs is not held
// against a host.
void expect_clocks_to_agree(const Evidence& cluster) {
  const std::vector<Clock> clocks = clocks_of(cluster);
  if (clocks.empty()) return;
  std::vector<double> sorted;
  for (const Clock& clock : clocks) sorted.push_back(clock.ahead);
  std::sort(sorted.begin(), sorted.end());
  const double middle = sorted[(sorted.size() - 1) / 2];
  const double limit = cluster.profile().clock_seconds;
  for (const Clock& clock : clocks) {
    const double off = clock.ahead - middle;
    EXPECT_LE(std::abs(off) - clock.doubt, limit) << Finding{
        .target = clock.host,
        .expected = said("与其他主机相差不超过 {} 秒", "within {} s of the others", limit),
        .actual = fmt::format("{:+.1f} s", off),
        .why = {"时钟不一致时,各主机的日志无法对照,HCCL 超时也难以判断",
                "with clocks apart the logs of the hosts cannot be laid side by side, "
                "and HCCL time-outs mislead"}};
    if (std::abs(off) > limit && std::abs(off) - clock.doubt <= limit)
      cluster.note_missing(
          {fmt::format("{} 的时钟相差约 {:.1f} 秒,但应答太慢,无法断定", clock.host, off),
           fmt::format("{}: its clock seems {:.1f} s off, but the answer took too long to be sure",
                       clock.host, off)});
  }
}

// Answers that were collected by hand: nobody saw when the clocks were read.
std::optional<Text> collected_offline(const Evidence& cluster) {
  bool any = false;
  for (const Evidence& host : cluster.hosts()) {
    if (host.visit().host_time_seen != 0) return std::nullopt;
    any = true;
  }
  if (!any) return std::nullopt;
  return Text{"回答由手工运行脚本得到,时钟无法比较",
              "the answers were collected by hand, so the clocks could not be compared"};
}

}  // namespace

Chapter access() {
  Chapter chapter{.id = "0", .title = {"访问与工具", "Access and tools"}};
  chapter.step({
      .id = "0.1",
      .name = "HostAnswers",
      .title = {"主机有应答", "The host answers"},
      .requirement =
          {"控制机能够登录每台主机并在时限内取回全部回答",
           "The controller gets into every host and has all its answers within the time limit"},
      .place = "beyond the guide",
      .on = Scope::kHost,
      .expect = expect_an_answer,
      .remedy = {.text = {"检查网络、sshd、密钥与清单中的地址",
                          "check the network, sshd, the key and the address in the inventory"}},
  });
  chapter.step({
      .id = "0.2",
      .name = "RootAndToolsAreThere",
      .title = {"以 root 运行且工具齐备", "Commands run as root and the tools are there"},
      .requirement = {"命令以 root(或 sudo -n)运行,所需工具都能找到",
                      "Commands run as root (or by sudo -n) and every tool that is asked exists"},
      .place = "beyond the guide",
      .on = Scope::kHost,
      .probes = {kUserId, kTools},
      .expect = expect_root_and_tools,
      .remedy = {.text = {"以 root 登录或允许 sudo -n;安装缺少的工具",
                          "log in as root or allow sudo -n; install what is missing"}},
  });
  chapter.step({
      .id = "0.3",
      .name = "ClocksAgree",
      .title = {"各主机时钟一致", "The clocks of all hosts agree"},
      .requirement = {"所有主机的时钟相差不超过规定的秒数",
                      "No clock is further from the others than the profile allows"},
      .place = "beyond the guide",
      .on = Scope::kCluster,
      .expect = expect_clocks_to_agree,
      .not_applicable = collected_offline,
      .remedy = {.text = {"启用 chronyd 或 ntpd,并核对时间源",
                          "enable chronyd or ntpd and check its time source"}},
  });
  return chapter;
}

}  // namespace touchstone
