#include "harness/evaluate/evaluate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/evaluate/judge.h"
#include "harness/evaluate/repaired.h"
#include "tests/evaluate/small_cluster.h"

namespace touchstone {
namespace {

using testing::HasSubstr;

TEST_F(Evaluate, AHealthyClusterPasses) {
  step("1.1", Scope::kNpu, {kNpuNumber}, {}, npu_is_seven);
  const RunRecord record = run();
  EXPECT_EQ(record.results.size(), 2U + 4U);
  EXPECT_EQ(record.verdict(), Verdict::kPass);
  EXPECT_EQ(record.exit_code(), 0);
}

TEST_F(Evaluate, AFailureCarriesItsFindingAndExhibit) {
  visits_["b"].answers[{"npu-number", 1}].out = "8";
  step("1.1", Scope::kNpu, {kNpuNumber}, {}, npu_is_seven);
  const RunRecord record = run();
  const StepResult& wrong = at(record, "1.1", "b/npu1");
  EXPECT_EQ(wrong.verdict, Verdict::kFail);
  ASSERT_EQ(wrong.findings.size(), 1U);
  EXPECT_EQ(wrong.findings[0].target, "b/npu1");
  EXPECT_EQ(wrong.findings[0].actual.en, "8");
  EXPECT_THAT(wrong.findings[0].detail, HasSubstr("small_cluster.h:"));
  ASSERT_EQ(wrong.exhibits.size(), 1U);
  EXPECT_EQ(wrong.exhibits[0].answer.out, "8");
  EXPECT_EQ(at(record, "1.1", "b/npu0").verdict, Verdict::kPass);
  EXPECT_EQ(record.exit_code(), 1);
}

// "b/npu1" is a part of "ab/npu1", and another NPU.
TEST_F(Evaluate, TheFirstExhibitIsOfTheTargetThatAFindingNames) {
  const auto first_for = [this](const char* target) {
    chapter_.steps.resize(1);
    step("1.1", Scope::kGroup, {kNpuNumber}, {}, [target](const Evidence& group) {
      for (const auto& [npu, value] : group.each(kNpuNumber)) (void)value;
      ADD_FAILURE() << Finding{.target = target, .expected = "8", .actual = "7"};
    });
    const Exhibit shown = at(run(), "1.1", "group g").exhibits.at(0);
    return Target{.host = shown.host, .npu = shown.npu}.str();
  };
  EXPECT_EQ(first_for("b/npu1"), "b/npu1");
  EXPECT_EQ(first_for("a <-> b"), "a/npu0") << "of a host nothing was asked";
  EXPECT_EQ(first_for("ab/npu1"), "a/npu0");
  EXPECT_EQ(first_for("b/npu11"), "a/npu0");
}

TEST_F(Evaluate, WhatStandsOnAWaivedStepIsJudged) {
  visits_["b"].answers[{"npu-number", 1}].out = "8";
  step("1.1", Scope::kNpu, {kNpuNumber}, {}, npu_is_seven);
  step("1.2", Scope::kNpu, {kNpuNumber}, {"1.1"},
       [](const Evidence& npu) { EXPECT_LT(npu[kNpuNumber], 9); });
  EXPECT_EQ(at(run(), "1.2", "b/npu1").verdict, Verdict::kBlocked);
  waivers_ = {{.steps = {"1.1"}, .targets = {"b"}, .justification = "j", .expires_at = 1}};
  const RunRecord record = run();
  EXPECT_EQ(at(record, "1.1", "b/npu1").verdict, Verdict::kWaived);
  EXPECT_EQ(at(record, "1.1", "b/npu1").findings.size(), 1U);
  EXPECT_EQ(at(record, "1.1", "b/npu1").exhibits.size(), 1U);
  EXPECT_EQ(at(record, "1.2", "b/npu1").verdict, Verdict::kPass);
  EXPECT_EQ(record.verdict(), Verdict::kPass);
  ASSERT_EQ(record.waivers.size(), 1U);
  EXPECT_EQ(record.waivers[0].state, WaiverUse::State::kInForce);
}

TEST_F(Evaluate, MissingEvidenceIsAnErrorNeverAPass) {
  struct Case {
    const char* what;
    std::function<void(Answer&)> change;
    const char* says;
  };
  const Case cases[] = {
      {"an unexpected exit code",
       [](Answer& a) { a.exit_code = 1, a.err = "Command execute failed!"; },
       "exited with 1: Command execute failed!"},
      {"a time-out", [](Answer& a) { a.end = Answer::End::kTimedOut; }, "did not answer within"},
      {"no such tool", [](Answer& a) { a.end = Answer::End::kNoTool; }, "no such command"},
      {"half an answer", [](Answer& a) { a.cut = true; }, "limit"},
      {"a text that is no value", [](Answer& a) { a.out = "10.xx.xx.10"; }, "no number"},
  };
  step("1.1", Scope::kNpu, {kNpuNumber}, {}, npu_is_seven);
  for (const Case& one : cases) {
    const auto before = visits_["a"].answers;
    one.change(visits_["a"].answers[{"npu-number", 0}]);
    const RunRecord record = run();
    EXPECT_EQ(at(record, "1.1", "a/npu0").verdict, Verdict::kError) << one.what;
    EXPECT_THAT(at(record, "1.1", "a/npu0").reason.en, HasSubstr(one.says)) << one.what;
    EXPECT_EQ(record.exit_code(), 2) << one.what;
    visits_["a"].answers = before;
  }
  visits_["a"].answers.erase({"npu-number", 0});
  EXPECT_EQ(at(run(), "1.1", "a/npu0").verdict, Verdict::kError);
}

TEST_F(Evaluate, WhatReadsNothingProvesNothing) {
  step("1.1", Scope::kNpu, {kNpuNumber}, {}, [](const Evidence&) {});
  step("1.2", Scope::kGroup, {kNpuNumber}, {},
       [](const Evidence& group) { (void)group.npus().front()[kNpuNumber]; });
  const RunRecord record = run();
  EXPECT_EQ(at(record, "1.1", "a/npu0").verdict, Verdict::kError);
  EXPECT_EQ(at(record, "1.2", "group g").verdict, Verdict::kError);
  EXPECT_THAT(at(record, "1.2", "group g").reason.en, HasSubstr("1 of 4 NPUs"));
}

TEST_F(Evaluate, AStepWaitsForThoseItStandsOnOnTheSameNpu) {
  visits_["a"].answers[{"npu-number", 1}].out = "8";
  // It stands in front of what it stands on: the order of the document is not that of judging.
  step("1.1", Scope::kNpu, {kNpuNumber}, {"1.2"},
       [](const Evidence& npu) { (void)npu[kNpuNumber]; });
  step("1.2", Scope::kNpu, {kNpuNumber}, {}, npu_is_seven);
  step("1.3", Scope::kNpu, {kNpuNumber}, {"1.1"},
       [](const Evidence& npu) { (void)npu[kNpuNumber]; });
  const RunRecord record = run();
  EXPECT_EQ(at(record, "1.1", "a/npu1").verdict, Verdict::kBlocked);
  EXPECT_EQ(at(record, "1.1", "a/npu0").verdict, Verdict::kPass);
  EXPECT_EQ(at(record, "1.3", "a/npu1").blocked_by, "1.2")
      << "the first cause is named, not the step in between";
  EXPECT_EQ(at(record, "1.3", "a/npu1").blocked_on.str(), "a/npu1");
  EXPECT_EQ(at(record, "1.2", "a/npu1").explains, 2U);
}

TEST_F(Evaluate, AHostsFindingAboutOneNpuBlocksOnlyThatNpu) {
  step("1.1", Scope::kHost, {kHostNumber}, {}, [](const Evidence& host) {
    (void)host[kHostNumber];
    if (host.target().host == "a")
      ADD_FAILURE() << Finding{.target = "a/npu1", .expected = "listed", .actual = "not listed"};
  });
  step("1.2", Scope::kNpu, {kNpuNumber}, {"1.1"}, npu_is_seven);
  const RunRecord record = run();
  EXPECT_EQ(at(record, "1.2", "a/npu0").verdict, Verdict::kPass);
  EXPECT_EQ(at(record, "1.2", "a/npu1").verdict, Verdict::kBlocked);
}

TEST_F(Evaluate, AnUnreachableHostIsOneErrorAndTheRestIsBlocked) {
  visits_["b"] = {.host = "b", .state = Visit::State::kHung};
  step("1.1", Scope::kNpu, {kNpuNumber}, {}, npu_is_seven);
  step("1.2", Scope::kGroup, {kNpuNumber}, {},
       [](const Evidence& group) { group.each(kNpuNumber); });
  const RunRecord record = run();
  EXPECT_EQ(at(record, "0.1", "b").verdict, Verdict::kError);
  EXPECT_EQ(at(record, "0.1", "b").explains, 2U);
  EXPECT_EQ(at(record, "1.1", "b/npu0").verdict, Verdict::kBlocked);
  EXPECT_EQ(at(record, "1.1", "a/npu0").verdict, Verdict::kPass);
  EXPECT_EQ(at(record, "1.2", "group g").verdict, Verdict::kError);
  EXPECT_THAT(at(record, "1.2", "group g").reason.en, HasSubstr("b"));
  EXPECT_EQ(record.exit_code(), 2);
}

TEST_F(Evaluate, AViolationAmongThoseThatAnsweredIsAFailureAllTheSame) {
  visits_["b"] = {.host = "b", .state = Visit::State::kUnreachable};
  visits_["a"].answers[{"npu-number", 1}].out = "8";
  step("1.1", Scope::kGroup, {kNpuNumber}, {}, [](const Evidence& group) {
    for (const auto& [npu, value] : group.each(kNpuNumber))
      EXPECT_EQ(*value, 7) << Finding{.target = npu.target().str()};
  });
  const RunRecord record = run();
  EXPECT_EQ(at(record, "1.1", "group g").verdict, Verdict::kFail);
  EXPECT_EQ(at(record, "1.1", "group g").findings[0].target, "a/npu1");
}

TEST_F(Evaluate, AComparisonLeavesOutWhatIsBlockedAndSaysSo) {
  visits_["a"].answers[{"npu-number", 1}].out = "8";
  step("1.1", Scope::kNpu, {kNpuNumber}, {}, npu_is_seven);
  step("1.2", Scope::kGroup, {kNpuNumber}, {"1.1"}, [](const Evidence& group) {
    for (const auto& [npu, value] : group.each(kNpuNumber)) EXPECT_EQ(*value, 7);
  });
  const StepResult result = at(run(), "1.2", "group g");
  EXPECT_EQ(result.verdict, Verdict::kBlocked);
  EXPECT_EQ(result.blocked_by, "1.1");
  EXPECT_EQ(result.blocked_on.str(), "a/npu1");
}

TEST_F(Evaluate, SelectedHostsAreNotCompared) {
  step("1.1", Scope::kGroup, {kNpuNumber}, {},
       [](const Evidence& group) { group.each(kNpuNumber); });
  const RunRecord record = run({.hosts = {"a"}});
  EXPECT_EQ(at(record, "1.1", "group g").verdict, Verdict::kNotSelected);
  EXPECT_EQ(record.exit_code(), 0);
}

TEST_F(Evaluate, ASelectedStepIsBlockedByOneThatWasNotSelected) {
  visits_["a"].answers[{"npu-number", 1}].out = "8";
  step("1.1", Scope::kNpu, {kNpuNumber}, {}, npu_is_seven);
  step("1.2", Scope::kNpu, {kNpuNumber}, {"1.1"}, npu_is_seven);
  const RunRecord record = run({.steps = {"1.2"}});
  EXPECT_EQ(at(record, "1.2", "a/npu1").verdict, Verdict::kBlocked);
  EXPECT_EQ(record.results.size(), 5U) << "the four that were selected, and the cause";
  EXPECT_EQ(at(record, "1.1", "a/npu1").verdict, Verdict::kFail);
  EXPECT_EQ(at(record, "1.2", "a/npu1").reason.en, "seven");
}

// What is not selected is in no report while it passes; a fix that breaks it is told of all the
// same.
TEST_F(Evaluate, AStepThatWasNotSelectedIsKnownToHavePassedBeforeAFix) {
  step("1.1", Scope::kNpu, {kNpuNumber}, {}, npu_is_seven);
  step("1.2", Scope::kNpu, {kNpuNumber}, {"1.1"}, npu_is_seven);
  visits_["b"].answers[{"npu-number", 0}].out = "8";
  const RunRecord before = run({.steps = {"1.2"}});
  visits_["a"].answers[{"npu-number", 1}].out = "8";
  RunRecord after = run({.steps = {"1.2"}});
  mark_repaired(before, after);
  EXPECT_EQ(at(after, "1.1", "a/npu1").verdict, Verdict::kFail);
  EXPECT_TRUE(at(after, "1.1", "a/npu1").broke);
  EXPECT_FALSE(at(after, "1.1", "b/npu0").broke) << "it failed before";
}

TEST_F(Evaluate, ASelectionThatLeavesNothingToJudgeIsWrongUsage) {
  step("1.1", Scope::kGroup, {kNpuNumber}, {},
       [](const Evidence& group) { group.each(kNpuNumber); });
  EXPECT_THROW(run({.steps = {"1.1"}, .hosts = {"a"}}), SelectionError);
}

TEST_F(Evaluate, UnknownSelectionsAreWrongUsage) {
  step("1.1", Scope::kNpu, {kNpuNumber}, {}, npu_is_seven);
  EXPECT_THROW(run({.steps = {"9.9"}}), SelectionError);
  EXPECT_THROW(run({.chapters = {"9"}}), SelectionError);
  EXPECT_THROW(run({.hosts = {"c"}}), SelectionError);
  EXPECT_THROW(run({.hosts = {"a,c"}}), SelectionError) << "one of them is not there";
  EXPECT_EQ(run({.hosts = {"[a-b]"}}).hosts.size(), 2U);  // a shell's pattern works, too
  EXPECT_EQ(run({.hosts = {"b,a"}}).hosts.size(), 2U);
}

TEST_F(Evaluate, WhatWasWorkedOutOfAGroupIsRemembered) {
  inventory_.groups.push_back({.name = "h"});
  const EvidenceBook book(inventory_, std::vector<Visit>());
  const Group &one = inventory_.groups[0], &other = inventory_.groups[1];
  int made = 0;
  const auto make = [&made] { return std::to_string(++made); };
  EXPECT_EQ(book.once(one, "this", make), "1");
  EXPECT_EQ(book.once(one, "this", make), "1");
  EXPECT_EQ(book.once(one, "that", make), "2");
  EXPECT_EQ(book.once(other, "this", make), "3");
  const auto none = []() -> std::string { throw NoEvidence({"没有", "none"}); };
  EXPECT_THROW(book.once(other, "that", none), NoEvidence);
  EXPECT_EQ(book.once(other, "that", make), "4");
}

// Whatever a host has sent: a report holds many of these.
TEST_F(Evaluate, WhatAStepSaysIsBounded) {
  const std::string much(1 << 20, 'x');
  step("1.1", Scope::kHost, {kHostNumber}, {}, [&](const Evidence& host) {
    EXPECT_EQ(std::to_string(host[kHostNumber]), much)
        << Finding{.expected = "7", .actual = much, .why = {much, much}, .excerpt = much};
  });
  step("1.2", Scope::kHost, {kHostNumber}, {}, [&](const Evidence&) {
    throw NoEvidence({much, much});
  });
  const RunRecord record = run();
  const Finding finding = at(record, "1.1", "a").findings.at(0);
  EXPECT_EQ(finding.expected.en, "7");
  for (const std::string& text : {finding.actual.zh, finding.why.en, finding.excerpt,
                                  finding.detail, at(record, "1.2", "a").reason.en})
    EXPECT_LT(text.size(), 20'000u);
}

TEST_F(Evaluate, AStepThatBreaksIsAnError) {
  step("1.1", Scope::kHost, {kHostNumber}, {},
       [](const Evidence&) { throw std::out_of_range("vector"); });
  EXPECT_EQ(at(run(), "1.1", "a").verdict, Verdict::kError);
}

TEST_F(Evaluate, AnUnfinishedRecordIsNeverAccepted) {
  const std::vector<Chapter> chapters{chapter_};
  const Plan plan = make_plan(chapters, inventory_, {});
  const RunRecord record = planned_record(plan, chapters, inventory_);
  EXPECT_FALSE(record.complete);
  EXPECT_EQ(record.exit_code(), 2);
  EXPECT_EQ(RunRecord{}.exit_code(), 2);
}

}  // namespace
}  // namespace touchstone
