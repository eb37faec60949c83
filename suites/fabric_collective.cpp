#include "suites/fabric_collective.h"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/model/said.h"
#include "harness/parse/hccl_test.h"
#include "suites/ask.h"
#include "suites/known.h"
#include "suites/probes.h"

namespace touchstone {
namespace {

constexpr double kCollectiveSeconds =
    900;  // all ranks have to find each other before the first byte

// The master starts it; any host of the group could.
const Host& starter_of(const Group& group, const Profile& profile) {
  const Host* master = group.master_host(profile);
  return master ? *master : group.hosts.front();
}

// `-host` with slots is understood by MPICH and Open MPI alike; the latter wants to be told that
// root may.
Probe<HcclTest> collective_probe(const Group& group, const Profile& profile) {
  std::string hosts;
  int each = group.hosts.front().npus;
  for (const Host& host : group.hosts) {
    hosts += fmt::format("{}{}:{}", hosts.empty() ? "" : ",", host.service_address, host.npus);
    each = std::min(each, host.npus);
  }
  return ask(Where::kHost, "hccl-test",
             {"env",
              "OMPI_ALLOW_RUN_AS_ROOT=1",
              "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1",
              "mpirun",
              "-host",
              hosts,
              "-n",
              std::to_string(group.npus()),
              "{sysroot}" + profile.hccl_test,
              "-b",
              "8M",
              "-e",
              "1G",
              "-f",
              "2",
              "-d",
              "fp32",
              "-o",
              "sum",
              "-p",
              std::to_string(each)},
             parse_hccl_test, {0}, kCollectiveSeconds);
}

std::string holder_of(const NpuSmiInfo& table) {
  for (const NpuSmiInfo::Npu& npu : table.npus)
    if (!npu.processes.empty())
      return fmt::format("NPU {}: {}", npu.id, npu.processes.front().name);
  return "";
}

// Nobody is known to use an NPU of the group, and all of its hosts have said so.
bool idle(const EvidenceBook& book, const Group& group, const std::set<std::string>& hosts) {
  return std::all_of(group.hosts.begin(), group.hosts.end(), [&](const Host& host) {
    const NpuSmiInfo* table = known(book, host.name, -1, kNpuSmi);
    return hosts.contains(host.name) && table && holder_of(*table).empty();
  });
}

std::vector<Turn> collective_turns(const EvidenceBook& book, const std::set<std::string>& hosts) {
  const Profile& profile = book.inventory().profile;
  Turn turn;
  if (profile.hccl_test.empty()) return {};
  for (const Group& group : book.inventory().groups)
    if (!group.hosts.empty() && idle(book, group, hosts))
      turn.push_back(
          {.host = starter_of(group, profile).name, .question = collective_probe(group, profile)});
  return turn.empty() ? std::vector<Turn>{} : std::vector<Turn>{turn};
}

void expect_rows(const Evidence& host, const HcclTest& test) {
  for (const HcclTest::Row& row : test.rows)
    EXPECT_NE(row.check, "failed")
        << Finding{.target = host.target().str(),
                   .expected = {"所有数据量的结果都正确", "right results of all sizes"},
                   .actual = said("{} 字节时错误", "wrong with {} bytes", row.bytes),
                   .why = {"集合通信的结果错误", "the collective computes wrong results"}};
  const HcclTest::Row& largest =
      *std::max_element(test.rows.begin(), test.rows.end(),
                        [](const auto& a, const auto& b) { return a.bytes < b.bytes; });
  EXPECT_TRUE(host.profile().hccl_bandwidth_gbs.holds(largest.bandwidth_gbs)) << Finding{
      .target = host.target().str(),
      .expected = host.profile().hccl_bandwidth_gbs.str() + " GB/s",
      .actual =
          said("{} GB/s({} 字节)", "{} GB/s with {} bytes", largest.bandwidth_gbs, largest.bytes),
      .why = {"集合通信的带宽低于要求", "the collective is slower than the site expects"}};
}

}  // namespace

std::optional<Text> no_collective_in(const Evidence& group) {
  if (group.profile().hccl_test.empty())
    return Text{"站点未给出 hccl_test 的路径,且未使用 --collective",
                "the site names no hccl_test, and --collective was not given"};
  if (!group.profile().service_expected) return std::nullopt;
  for (const Evidence& host : group.hosts()) {
    const std::string holder = holder_of(host[kNpuSmi]);
    if (!holder.empty())
      return Text{fmt::format("服务正在使用 NPU({},{})", host.target().str(), holder),
                  fmt::format("the service uses the NPUs ({}, {})", host.target().str(), holder)};
  }
  return std::nullopt;
}

void expect_fast_collective(const Evidence& group) {
  const Group& own = group.group();
  const std::string& starter = starter_of(own, group.profile()).name;
  for (const auto& [host, table] : group.each(kNpuSmi)) {
    const std::string holder = holder_of(*table);
    if (holder.empty()) continue;
    throw NoEvidence(
        {fmt::format("NPU 被占用,未运行:{},{}", host.target().str(), holder),
         fmt::format("not run, since NPUs are in use: {}, {}", host.target().str(), holder)});
  }
  for (const Evidence& host : group.hosts())
    if (host.target().host == starter)
      expect_rows(host, host[collective_probe(own, group.profile())]);
}

std::vector<Later> collective_questions() {
  // With the endpoints: when all else is quiet. A service that answers holds the NPUs, so the two
  // never meet.
  return {{.name = "collective",
           .why = {"集合通信带宽只在 NPU 空闲时测试,需要先知道空闲与否",
                   "the bandwidth of a collective is measured only once all NPUs are known to be "
                   "idle"},
           .phase = 3,
           .steps = {"3.1.16"},
           .turns = collective_turns}};
}

}  // namespace touchstone
