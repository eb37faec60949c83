#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/evaluate/small_cluster.h"

// What is judged while hosts are still being asked: host b has not ended.
namespace touchstone {
namespace {

class SoFar : public Evaluate {
 protected:
  // The verdict, or "not run".
  std::string verdict(const std::string& id, const std::string& target,
                      const std::set<std::string>& unasked = {}) {
    const RunRecord record = run({}, {"b"}, unasked);
    const StepResult& result = at(record, id, target);
    return result.reason.en == "not run" ? "not run" : std::string(name_of(result.verdict));
  }
};

TEST_F(SoFar, AHostThatHasEndedIsJudgedAndAPendingOneIsNot) {
  visits_["a"].answers[{"npu-number", 1}].out = "8";
  step("1.1", Scope::kNpu, {kNpuNumber}, {"0.1"}, npu_is_seven);
  EXPECT_EQ(verdict("1.1", "a/npu0"), "pass");
  EXPECT_EQ(verdict("1.1", "a/npu1"), "fail");
  EXPECT_EQ(verdict("0.1", "b"), "not run");
  EXPECT_EQ(verdict("1.1", "b/npu0"), "not run") << "nor what stands on it, as if it were blocked";
}

TEST_F(SoFar, WhatComparesHostsWaitsForAll) {
  const auto compare = [](const Evidence& all) { EXPECT_EQ(all.each(kHostNumber).size(), 1U); };
  step("1.1", Scope::kCluster, {kHostNumber}, {}, compare);
  EXPECT_EQ(verdict("1.1", "cluster"), "not run");
}

// It would pass by itself, and may not when the others have told theirs.
TEST_F(SoFar, WhatLooksAtItsSiblingsWaitsForThem) {
  step("1.1", Scope::kNpu, {kNpuNumber}, {}, [](const Evidence& npu) {
    npu_is_seven(npu);
    for (const auto& [other, value] : npu.siblings(kNpuNumber)) EXPECT_EQ(*value, 7);
  });
  EXPECT_EQ(verdict("1.1", "a/npu0"), "not run");
}

TEST_F(SoFar, WhatIsAskedLaterWaitsWithAllThatStandsOnIt) {
  step("1.1", Scope::kHost, {kHostNumber}, {"0.1"}, [](const Evidence&) {});
  step("1.2", Scope::kHost, {kHostNumber}, {"1.1"},
       [](const Evidence& host) { EXPECT_EQ(host[kHostNumber], 7); });
  step("1.3", Scope::kHost, {kHostNumber}, {"0.1"},
       [](const Evidence& host) { EXPECT_EQ(host[kHostNumber], 7); });
  EXPECT_EQ(verdict("1.1", "a", {"1.1"}), "not run");
  EXPECT_EQ(verdict("1.2", "a", {"1.1"}), "not run");
  EXPECT_EQ(verdict("1.3", "a", {"1.1"}), "pass");
  EXPECT_EQ(verdict("1.2", "a"), "blocked") << "1.1 was asked, read nothing, and proves nothing";
}

TEST_F(SoFar, AWaiverOfWhatWasNotJudgedSaysSo) {
  step("1.1", Scope::kNpu, {kNpuNumber}, {}, npu_is_seven);
  waivers_.push_back({.steps = {"1.1"}, .targets = {"b/npu*"}, .expires_at = 1});
  EXPECT_EQ(run({}, {"b"}).waivers.at(0).state, WaiverUse::State::kNotJudged);
  EXPECT_EQ(run().waivers.at(0).state, WaiverUse::State::kNotNeeded);
}

}  // namespace
}  // namespace touchstone
