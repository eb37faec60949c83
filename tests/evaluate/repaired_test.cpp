#include "harness/evaluate/repaired.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace touchstone {
namespace {

// One step on three NPUs; verdicts as told.
RunRecord record_of(const std::vector<Verdict>& verdicts) {
  RunRecord record;
  record.steps.push_back({.id = "3.1.8"});
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    StepResult& result = record.results.emplace_back();
    result.target = {.group = "g", .host = "a", .npu = static_cast<int>(i)};
    result.verdict = verdicts[i];
    if (verdicts[i] != Verdict::kFail) continue;
    result.findings = {{.target = result.target.str(), .expected = "0", .actual = "1"}};
    result.exhibits = {{.host = "a",
                        .npu = static_cast<int>(i),
                        .question = "hccn-tls",
                        .answer = {.out = "switch[1]"}}};
  }
  return record;
}

RunRecord after(const std::vector<Verdict>& before, const std::vector<Verdict>& now) {
  RunRecord record = record_of(now);
  mark_repaired(record_of(before), record);
  return record;
}

constexpr Verdict kPass = Verdict::kPass, kFail = Verdict::kFail, kError = Verdict::kError,
                  kBlocked = Verdict::kBlocked, kFixed = Verdict::kFixed;

TEST(Repaired, EachPairOfVerdicts) {
  struct Case {
    Verdict before, now, verdict;
    bool broke;
  };
  for (const Case& one : {Case{kFail, kPass, kFixed, false}, Case{kFail, kFail, kFail, false},
                          Case{kPass, kPass, kPass, false}, Case{kPass, kFail, kFail, true},
                          Case{kPass, kError, kError, true},
                          // What could not be told before is no fault that was repaired.
                          Case{kError, kPass, kPass, false}, Case{kBlocked, kPass, kPass, false},
                          Case{kBlocked, kFail, kFail, false},
                          // Blocked: what blocks it is marked, not what it blocks.
                          Case{kPass, kBlocked, kBlocked, false}}) {
    const StepResult result = after({one.before}, {one.now}).results[0];
    EXPECT_EQ(result.verdict, one.verdict) << name_of(one.before) << " " << name_of(one.now);
    EXPECT_EQ(result.broke, one.broke) << name_of(one.before) << " " << name_of(one.now);
  }
}

TEST(Repaired, KeepsWhatWasWrongThroughLaterRounds) {
  const RunRecord first = after({kFail, kPass, kPass}, {kPass, kFail, kPass});
  EXPECT_EQ(first.results[0].findings_before.size(), 1U);
  EXPECT_EQ(first.results[0].exhibits_before[0].answer.out, "switch[1]");
  RunRecord second = record_of({kPass, kFail, kPass});
  mark_repaired(first, second);
  EXPECT_EQ(second.results[0].verdict, kFixed);
  EXPECT_EQ(second.results[0].findings_before, first.results[0].findings_before);
  EXPECT_EQ(second.results[0].exhibits_before, first.results[0].exhibits_before);
  EXPECT_TRUE(second.results[1].broke) << "it does not pass yet";
  RunRecord third = record_of({kFail, kPass, kPass});
  mark_repaired(second, third);
  EXPECT_TRUE(third.results[0].broke) << "fixed once, and broken again";
  EXPECT_FALSE(third.results[1].broke) << "it passes again";
}

TEST(Repaired, AResultThatWasNotThereBeforeIsAsItIs) {
  const RunRecord record = after({}, {kPass, kFail});
  EXPECT_EQ(record.results[0].verdict, kPass);
  EXPECT_FALSE(record.results[1].broke);
}

TEST(Repaired, ShowsTheAnswersOfNowBesideThoseOfBefore) {
  RunRecord record = after({kFail, kFail, kPass}, {kPass, kFail, kPass});
  Inventory inventory;
  inventory.groups.push_back({.name = "g"});
  inventory.groups[0].hosts.push_back({.name = "a"});
  Visit visit{.host = "a", .state = Visit::State::kAnswered};
  visit.answers[{"hccn-tls", 0}].out = "switch[0]" + std::string(1 << 20, ' ');
  visit.answers[{"hccn-tls", 1}].out = "switch[0]";
  const EvidenceBook book(inventory, {visit});
  show_as_it_is(book, record);
  ASSERT_EQ(record.results[0].exhibits.size(), 1U);
  const Answer& now = record.results[0].exhibits[0].answer;
  EXPECT_TRUE(now.out.starts_with("switch[0]"));
  EXPECT_TRUE(now.cut);
  EXPECT_LT(now.out.size(), 20'000U);
  EXPECT_EQ(record.results[0].exhibits_before[0].answer.out, "switch[1]");
  EXPECT_EQ(record.results[1].exhibits[0].answer.out, "switch[1]") << "not fixed: as judged";
  EXPECT_TRUE(record.results[2].exhibits.empty());
}

}  // namespace
}  // namespace touchstone
