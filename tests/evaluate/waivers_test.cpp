#include "harness/evaluate/waivers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace touchstone {
namespace {

using testing::HasSubstr;
using testing::Not;
using State = WaiverUse::State;

constexpr double kNow = 1000;

Waiver waiver(std::vector<std::string> steps, std::vector<std::string> targets,
              double expires_at = 2000) {
  return {.steps = std::move(steps),
          .targets = std::move(targets),
          .justification = "ordered",
          .approver = "Li Wei",
          .expires = "2026-12-31 UTC",
          .expires_at = expires_at,
          .place = "w.yaml:1"};
}

Target npu(const std::string& host, int index) {
  return {.group = "g-" + host.substr(0, 1), .host = host, .npu = index};
}

// Two groups, "g-a" with a1 and a2, "g-b" with b1; two NPUs each.
class WaiversOfARun : public testing::Test {
 protected:
  WaiversOfARun() {
    for (const char* name : {"a", "b"}) {
      Group group{.name = std::string("g-") + name};
      for (const char* number : {"1", "2"}) {
        if (*name == 'b' && *number == '2') continue;
        Host host{.name = std::string(name) + number};
        host.npus = 2;
        group.hosts.push_back(host);
      }
      inventory_.groups.push_back(group);
    }
    chapter_.step({.id = "3.1", .on = Scope::kNpu});
    chapter_.step({.id = "3.2", .on = Scope::kGroup});
    chapter_.step({.id = "3.3", .on = Scope::kCluster});
    chapter_.step({.id = "1.1", .on = Scope::kHost});
  }

  Waivers with(std::vector<Waiver> all) { return {std::move(all), inventory_, kNow}; }

  const Step& step(const std::string& id) const {
    for (const Step& step : chapter_.steps)
      if (step.id == id) return step;
    throw std::out_of_range(id);
  }

  StepResult judged(Waivers& waivers, const std::string& id, const Target& target, Verdict verdict,
                    std::vector<std::string> odd_ones = {}) const {
    StepResult result{.target = target, .verdict = verdict};
    if (verdict == Verdict::kFail && odd_ones.empty()) odd_ones = {target.str()};
    for (const std::string& odd : odd_ones)
      result.findings.push_back({.target = odd, .why = {"坏。", "Bad."}});
    waivers.apply(step(id), result);
    return result;
  }

  State state(const Waivers& waivers) const { return waivers.uses({chapter_}).at(0).state; }

  // Whether a waiver of these targets turns a failure of this target into `waived`.
  bool covers(std::vector<std::string> patterns, const std::string& id, const Target& target) {
    Waivers waivers = with({waiver({id}, std::move(patterns))});
    return judged(waivers, id, target, Verdict::kFail).verdict == Verdict::kWaived;
  }

  Inventory inventory_;
  Chapter chapter_;
};

TEST_F(WaiversOfARun, AFailureIsWaivedAndKeepsItsFinding) {
  Waivers waivers = with({waiver({"3.1"}, {"a1/npu1"})});
  const StepResult result = judged(waivers, "3.1", npu("a1", 1), Verdict::kFail);
  EXPECT_EQ(result.verdict, Verdict::kWaived);
  EXPECT_EQ(result.waiver, 0);
  EXPECT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.reason.en, "ordered (approved by Li Wei, until the end of 2026-12-31 UTC)");
  EXPECT_THAT(result.reason.zh, HasSubstr("批准人:Li Wei"));
  EXPECT_EQ(state(waivers), State::kInForce);
  EXPECT_EQ(waivers.uses({chapter_})[0].results, 1U);
}

TEST_F(WaiversOfARun, ATargetCoversWhatLiesInIt) {
  EXPECT_TRUE(covers({"a1"}, "3.1", npu("a1", 1)));
  EXPECT_TRUE(covers({"group g-a"}, "3.1", npu("a1", 1)));
  EXPECT_TRUE(covers({"cluster"}, "3.1", npu("a1", 1)));
  EXPECT_TRUE(covers({"a[1-2]/npu*"}, "3.1", npu("a2", 0)));
  EXPECT_TRUE(covers({"*"}, "3.3", {}));
  EXPECT_TRUE(covers({"b1", "a?"}, "1.1", {.group = "g-a", .host = "a2"}));
  // Not the other way round, and nobody else.
  EXPECT_FALSE(covers({"a1/npu1"}, "1.1", {.group = "g-a", .host = "a1"}));
  EXPECT_FALSE(covers({"group g-a"}, "3.3", {}));
  EXPECT_FALSE(covers({"a1"}, "3.1", npu("a2", 1)));
  EXPECT_FALSE(covers({"a1/npu1"}, "3.1", npu("a1", 0)));
  EXPECT_FALSE(covers({"group g-b", "b1"}, "3.1", npu("a1", 1)));
}

TEST_F(WaiversOfARun, AnotherStepIsNotWaived) {
  Waivers waivers = with({waiver({"3.2", "3.10"}, {"cluster"})});
  EXPECT_EQ(judged(waivers, "3.1", npu("a1", 0), Verdict::kFail).verdict, Verdict::kFail);
}

// What nobody could tell cannot be accepted.
TEST_F(WaiversOfARun, OnlyAFailureIsWaived) {
  for (Verdict verdict : {Verdict::kError, Verdict::kBlocked, Verdict::kNotSelected, Verdict::kPass,
                          Verdict::kNotApplicable}) {
    Waivers waivers = with({waiver({"1.1"}, {"b1"})});
    EXPECT_EQ(judged(waivers, "1.1", {.group = "g-b", .host = "b1"}, verdict).verdict, verdict);
    const bool told = verdict == Verdict::kPass || verdict == Verdict::kNotApplicable;
    EXPECT_EQ(state(waivers), told ? State::kNotNeeded : State::kNotJudged) << name_of(verdict);
  }
}

TEST_F(WaiversOfARun, AComparisonIsWaivedByNamingItsOddOnes) {
  const auto compared = [&](std::vector<Waiver> all) {
    Waivers waivers = with(std::move(all));
    return judged(waivers, "3.2", {.group = "g-a"}, Verdict::kFail, {"a1/npu0", "a2"}).verdict;
  };
  EXPECT_EQ(compared({waiver({"3.2"}, {"a1/npu0", "a2"})}), Verdict::kWaived);
  EXPECT_EQ(compared({waiver({"3.2"}, {"a1"}), waiver({"3.2"}, {"a2"})}), Verdict::kWaived);
  EXPECT_EQ(compared({waiver({"3.2"}, {"group g-a"})}), Verdict::kWaived);
  // One of two is not enough, nor is part of a host for all of it.
  EXPECT_EQ(compared({waiver({"3.2"}, {"a1/npu0"})}), Verdict::kFail);
  EXPECT_EQ(compared({waiver({"3.2"}, {"a1/npu0", "a2/npu0"})}), Verdict::kFail);
  // The other one's waiver has expired.
  EXPECT_EQ(compared({waiver({"3.2"}, {"a1"}), waiver({"3.2"}, {"a2"}, 500)}), Verdict::kFail);
}

TEST_F(WaiversOfARun, AnExpiredOneFailsAndSaysSo) {
  Waivers waivers = with({waiver({"3.1"}, {"a1"}, kNow)});  // to the very second
  const StepResult result = judged(waivers, "3.1", npu("a1", 1), Verdict::kFail);
  EXPECT_EQ(result.verdict, Verdict::kFail);
  EXPECT_EQ(result.findings[0].why.en,
            "Bad. Its waiver has expired: 2026-12-31 UTC, ordered (approved by Li Wei).");
  EXPECT_THAT(result.findings[0].why.zh, HasSubstr("坏。豁免已过期:2026-12-31 UTC"));
  EXPECT_EQ(state(waivers), State::kExpired);
  EXPECT_EQ(waivers.uses({chapter_})[0].results, 1U);
  Waivers fresh = with({waiver({"3.1"}, {"a1"}, kNow + 1)});
  EXPECT_EQ(judged(fresh, "3.1", npu("a1", 1), Verdict::kFail).verdict, Verdict::kWaived);
  // It is not there any more for those that it is not about.
  EXPECT_THAT(judged(waivers, "3.1", npu("a2", 1), Verdict::kFail).findings[0].why.en,
              Not(HasSubstr("waiver")));
}

TEST_F(WaiversOfARun, AnotherOneInForceOutweighsAnExpiredOne) {
  Waivers waivers = with({waiver({"3.1"}, {"a1"}, 500), waiver({"3.1"}, {"a1/npu1"})});
  const StepResult result = judged(waivers, "3.1", npu("a1", 1), Verdict::kFail);
  EXPECT_EQ(result.verdict, Verdict::kWaived);
  EXPECT_EQ(result.waiver, 1);
  EXPECT_THAT(result.findings[0].why.en, Not(HasSubstr("expired")));
}

TEST_F(WaiversOfARun, OneThatMatchesNothingIsTold) {
  EXPECT_EQ(state(with({waiver({"3.1"}, {"a3"})})), State::kMatchesNothing);
  EXPECT_EQ(state(with({waiver({"9.9"}, {"cluster"})})), State::kMatchesNothing);
  EXPECT_EQ(state(with({waiver({"3.1"}, {"a1/npu2"})})), State::kMatchesNothing);
  EXPECT_EQ(state(with({waiver({"3.1"}, {"group a"})})), State::kMatchesNothing);
  EXPECT_EQ(state(with({waiver({"3.1"}, {"a1", "a3"})})), State::kNotJudged);
}

TEST_F(WaiversOfARun, OneIsNotNeededWhenAllThatItIsAboutPasses) {
  Waivers waivers = with({waiver({"3.1"}, {"a[1-2]/npu0"})});
  judged(waivers, "3.1", npu("a1", 0), Verdict::kPass);
  EXPECT_EQ(state(waivers), State::kNotJudged);  // nobody has seen the other one
  judged(waivers, "3.1", npu("a2", 0), Verdict::kPass);
  EXPECT_EQ(state(waivers), State::kNotNeeded);
  // Of a comparison: it failed, but because of others.
  Waivers odd = with({waiver({"3.2"}, {"a2"})});
  EXPECT_EQ(judged(odd, "3.2", {.group = "g-a"}, Verdict::kFail, {"a1/npu0"}).verdict,
            Verdict::kFail);
  EXPECT_EQ(state(odd), State::kNotNeeded);
}

}  // namespace
}  // namespace touchstone
