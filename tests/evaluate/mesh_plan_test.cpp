// Who pings whom, and when: properties over sizes.
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "suites/fabric_mesh.h"

namespace touchstone {
namespace {

std::vector<MeshNpu> npus(int hosts, int each) {
  std::vector<MeshNpu> all;
  for (int host = 0; host < hosts; ++host)
    for (int npu = 0; npu < each; ++npu)
      all.push_back({.host = "h" + std::to_string(host), .npu = npu, .address = "x"});
  return all;
}

// No NPU asks two at once, none is asked by two at once, none on its own host; each pair once.
void expect_sound(const MeshPlan& plan, const std::string& what) {
  std::set<std::pair<std::size_t, std::size_t>> pairs;
  std::size_t in_rounds = 0;
  for (const auto& round : plan.rounds) {
    std::set<std::size_t> asking, asked;
    for (const std::size_t i : round) {
      const MeshPair& pair = plan.mesh.pairs.at(i);
      const MeshNpu &from = plan.mesh.npus.at(pair.from), &to = plan.mesh.npus.at(pair.to);
      EXPECT_TRUE(asking.insert(pair.from).second) << what;
      EXPECT_TRUE(asked.insert(pair.to).second) << what;
      EXPECT_NE(from.host, to.host) << what;
      EXPECT_TRUE(from.left_out.empty() && to.left_out.empty()) << what;
      EXPECT_TRUE(!plan.mesh.same_index || from.npu == to.npu) << what;
      EXPECT_TRUE(pairs.emplace(pair.from, pair.to).second) << what << ": a pair twice";
      ++in_rounds;
    }
  }
  EXPECT_EQ(in_rounds, plan.mesh.pairs.size()) << what;
}

TEST(MeshPlan, AsksEveryOrderedPairOnceInRoundsWithoutCollisions) {
  for (int hosts = 2; hosts <= 9; ++hosts)
    for (int each : {1, 2, 3, 8})
      for (bool same_index : {false, true}) {
        const std::string what = std::to_string(hosts) + " x " + std::to_string(each);
        const MeshPlan plan = plan_mesh(npus(hosts, each), same_index, 1'000'000);
        expect_sound(plan, what);
        const auto h = static_cast<std::size_t>(hosts), n = static_cast<std::size_t>(each);
        EXPECT_EQ(plan.mesh.there_are, h * (h - 1) * n * (same_index ? 1 : n)) << what;
        EXPECT_EQ(plan.mesh.pairs.size(), plan.mesh.there_are) << what;
        EXPECT_EQ(plan.rounds.size(), (h - 1) * (same_index ? 1 : n)) << what << ": no idle round";
        EXPECT_EQ(plan.mesh.form, Mesh::Form::kAll) << what;
      }
}

TEST(MeshPlan, BeyondTheLimitRailsComeFirstAndThenASample) {
  for (int hosts : {9, 16, 33, 64})
    for (std::size_t limit : {1U, 600U, 4096U}) {
      const std::string what = std::to_string(hosts) + " hosts, " + std::to_string(limit);
      const MeshPlan plan = plan_mesh(npus(hosts, 8), false, limit);
      expect_sound(plan, what);
      const auto h = static_cast<std::size_t>(hosts);
      EXPECT_LE(plan.mesh.pairs.size(), std::max(limit, h * 8)) << what;
      EXPECT_GT(plan.mesh.pairs.size() + h * 8, limit) << what << ": the limit is made use of";
      std::set<std::size_t> asking, asked;
      std::size_t aside = 0;
      for (const MeshPair& pair : plan.mesh.pairs) {
        asking.insert(pair.from);
        asked.insert(pair.to);
        aside += plan.mesh.npus[pair.from].npu != plan.mesh.npus[pair.to].npu;
      }
      EXPECT_EQ(asking.size(), h * 8) << what << ": everybody asks";
      EXPECT_EQ(asked.size(), h * 8) << what << ": and is asked";
      const bool all_rails = h * (h - 1) * 8 <= limit;
      EXPECT_EQ(plan.mesh.form, all_rails ? Mesh::Form::kRail : Mesh::Form::kSample) << what;
      EXPECT_EQ(plan.mesh.pairs.size() - aside,
                all_rails ? h * (h - 1) * 8 : plan.mesh.pairs.size())
          << what;
      EXPECT_EQ(plan.mesh, plan_mesh(npus(hosts, 8), false, limit).mesh) << what;
    }
}

TEST(MeshPlan, ASampleReachesNearAndFarHosts) {
  const MeshPlan plan = plan_mesh(npus(64, 8), false, 4096);
  std::set<std::size_t> distances;
  for (const MeshPair& pair : plan.mesh.pairs)
    distances.insert((pair.to / 8 + 64 - pair.from / 8) % 64);
  EXPECT_EQ(distances.size(), 8U);
  EXPECT_LT(*distances.begin(), 16U);
  EXPECT_GE(*distances.rbegin(), 48U);
}

TEST(MeshPlan, WhoIsLeftOutIsNeitherAskedNorAsks) {
  for (int hosts : {2, 5}) {
    auto all = npus(hosts, 8);
    all[3].left_out = all[9].left_out = {"断", "down"};
    const MeshPlan plan = plan_mesh(all, false, 1'000'000);
    expect_sound(plan, "left out");
    const auto n = static_cast<std::size_t>(hosts) * 8;
    EXPECT_EQ(plan.mesh.there_are, n * (n - 8)) << "they are pairs all the same";
    EXPECT_EQ(plan.mesh.pairs.size(), n * (n - 8) - 4 * (n - 8) + 2) << "the two share a pair";
  }
}

TEST(MeshPlan, HostsNeedNotBeAlike) {
  auto all = npus(3, 8);
  all.erase(all.begin() + 10, all.begin() + 16);  // the second host has two
  const MeshPlan plan = plan_mesh(all, false, 1'000'000);
  expect_sound(plan, "8, 2 and 8");
  EXPECT_EQ(plan.mesh.pairs.size(), 2U * (8 * 2 + 8 * 8 + 2 * 8));
}

TEST(MeshPlan, OneHostHasNobodyToAsk) {
  EXPECT_TRUE(plan_mesh(npus(1, 8), false, 100).rounds.empty());
  EXPECT_TRUE(plan_mesh({}, false, 100).rounds.empty());
}

}  // namespace
}  // namespace touchstone
