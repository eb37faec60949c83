#include "harness/evaluate/recheck.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/evaluate/evaluate.h"

namespace touchstone {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

Question question(const std::string& key) {
  Question one;
  one.key = key;
  one.where = Where::kHost;
  return one;
}

// Two hosts; 2.1 and 2.2 ask each of them, 3.1 compares them, 6.4 is asked later, 2.2 stands on
// 2.1.
class Recheck : public testing::Test {
 protected:
  Recheck() {
    inventory_.cluster = "test";
    inventory_.groups.push_back({.name = "g"});
    for (const char* name : {"a", "b"}) {
      Host host{.name = name};
      host.npus = 1;
      inventory_.groups[0].hosts.push_back(host);
    }
    Chapter chapter;
    chapter.id = "2";
    chapter.step({.id = "0.1", .on = Scope::kHost});
    chapter.step({.id = "2.1", .on = Scope::kHost, .probes = {question("one")}});
    chapter.step(
        {.id = "2.2", .on = Scope::kHost, .probes = {question("two")}, .stands_on = {"2.1"}});
    chapter.step({.id = "3.1", .on = Scope::kGroup, .probes = {question("three")}});
    chapter.step({.id = "6.4", .on = Scope::kHost, .probes = {question("later")}});
    chapter.later.push_back({.name = "requests", .steps = {"6.4"}});
    chapters_ = {chapter};
    plan_ = make_plan(chapters_, inventory_, {});
    record_ = planned_record(plan_, chapters_, inventory_);
    for (StepResult& result : record_.results) result.verdict = Verdict::kPass;
    for (HostInfo& host : record_.hosts) host.state = "answered";
  }

  StepResult& at(const std::string& id, const std::string& target) {
    for (StepResult& result : record_.results)
      if (record_.steps[result.step].id == id && result.target.str() == target) return result;
    throw std::out_of_range(id + " " + target);
  }

  // Which questions are asked again, and of whom; "" where nothing is.
  std::string again() const {
    const auto part = plan_to_recheck(chapters_, inventory_, plan_, record_);
    if (!part) return "";
    EXPECT_TRUE(part->later.empty());
    std::string text;
    for (const std::string& host : part->hosts) text += host;
    for (const Question& question : part->questions()) text += " " + question.key;
    return text;
  }

  Inventory inventory_;
  std::vector<Chapter> chapters_;
  Plan plan_;
  RunRecord record_;
};

TEST_F(Recheck, WhatIsGoodIsNotAskedAgain) {
  EXPECT_EQ(again(), "");
  at("2.1", "a").verdict = Verdict::kBlocked;
  at("2.2", "a").verdict = Verdict::kWaived;
  EXPECT_EQ(again(), "");
}

TEST_F(Recheck, AFailureIsAskedAgainOfItsHost) {
  at("2.1", "b").verdict = Verdict::kFail;
  EXPECT_EQ(again(), "b one");
  at("2.1", "b").verdict = Verdict::kError;
  EXPECT_EQ(again(), "b one");
}

TEST_F(Recheck, WithWhatItStandsOn) {
  at("2.2", "a").verdict = Verdict::kFail;
  EXPECT_EQ(again(), "a one two");
}

TEST_F(Recheck, AComparisonIsAskedAgainOfAllHosts) {
  at("3.1", "group g").verdict = Verdict::kFail;
  EXPECT_EQ(again(), "ab three");
}

TEST_F(Recheck, AHostThatWasSilentIsAskedEverything) {
  at("0.1", "b").verdict = Verdict::kError;
  record_.hosts[1].state = "unreachable";
  EXPECT_EQ(again(), "b one two");
}

// It would load the service, or change something, once more.
TEST_F(Recheck, WhatIsAskedLaterIsNeverAskedAgain) {
  at("6.4", "a").verdict = Verdict::kFail;
  EXPECT_EQ(again(), "");
}

TEST(TakeOver, NewerAnswersTakeTheirPlaces) {
  Visit old{.host = "a", .state = Visit::State::kAnswered};
  old.answers[{"x", -1}].out = "old x";
  old.answers[{"y", -1}].out = "old y";
  Visit newer{.host = "a", .state = Visit::State::kAnswered, .host_time = 5};
  newer.answers[{"x", -1}].out = "new x";
  newer.answers[{"y", -1}].end = Answer::End::kTimedOut;
  newer.answers[{"z", -1}].end = Answer::End::kTimedOut;
  std::vector<Visit> visits{old, {.host = "b", .detail = "timed out"}};
  take_over(visits, {newer, {.host = "b", .state = Visit::State::kAnswered, .seconds = 3}});
  EXPECT_EQ(visits[0].answers.at({"x", -1}).out, "new x");
  EXPECT_EQ(visits[0].answers.at({"y", -1}).out, "old y");  // a silence is no news
  EXPECT_EQ(visits[0].answers.at({"z", -1}).end, Answer::End::kTimedOut);
  EXPECT_EQ(visits[0].host_time, 5);
  EXPECT_EQ(visits[1].state, Visit::State::kAnswered);
  EXPECT_TRUE(visits[1].detail.empty());
  take_over(visits, {{.host = "a", .state = Visit::State::kHung}});
  EXPECT_EQ(visits[0].state, Visit::State::kAnswered);
}

TEST_F(Recheck, APassOnASecondLookIsFlaky) {
  at("2.1", "a").verdict = Verdict::kFail;
  at("2.1", "a").findings = {{.target = "a", .expected = "1", .actual = "0"}};
  at("2.1", "b").verdict = Verdict::kError;
  at("2.1", "b").reason = {"超时", "timed out"};
  at("2.2", "a").verdict = Verdict::kBlocked;
  at("2.2", "b").verdict = Verdict::kFail;
  const RunRecord first = record_;
  for (StepResult& result : record_.results) {
    result.verdict = Verdict::kPass;
    result.findings.clear();
  }
  at("2.2", "b").verdict = Verdict::kFail;
  mark_flaky(first, record_);
  EXPECT_TRUE(at("2.1", "a").flaky);
  EXPECT_EQ(at("2.1", "a").earlier, first.results[2].findings);
  EXPECT_TRUE(at("2.1", "b").flaky);
  EXPECT_EQ(at("2.1", "b").earlier.at(0).why.en, "timed out");
  EXPECT_FALSE(at("2.2", "a").flaky);  // it was only blocked
  EXPECT_FALSE(at("2.2", "b").flaky);  // it failed again
  EXPECT_FALSE(at("0.1", "a").flaky);
  // Once flaky, it stays so in a third look.
  RunRecord third = record_;
  for (StepResult& result : third.results) result.flaky = false, result.earlier.clear();
  mark_flaky(record_, third);
  EXPECT_TRUE(third.results[2].flaky);
  EXPECT_EQ(third.results[2].earlier, first.results[2].findings);
}

}  // namespace
}  // namespace touchstone
