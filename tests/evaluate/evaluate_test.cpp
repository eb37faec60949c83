#include "harness/evaluate/evaluate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/evaluate/judge.h"

namespace touchstone {
namespace {

using testing::HasSubstr;

// A question whose answer is a number; "none" is refused as not set, anything else as malformed.
Parsed<int> parse_number(std::string_view out, std::string_view) {
  if (out == "none") return Refusal{Refusal::Kind::kNotSet, {"没有设置", "none is set"}};
  if (out.empty() || out.find_first_not_of("0123456789") != std::string_view::npos)
    return Refusal{Refusal::Kind::kMalformed, {"这不是数", "that is no number"}};
  return std::stoi(std::string(out));
}

Probe<int> number(const std::string& key, Where where) {
  Probe<int> probe;
  probe.key = key;
  probe.where = where;
  probe.argv = {key};
  probe.parse = parse_number;
  return probe;
}

const Probe<int> kHostNumber = number("host-number", Where::kHost);
const Probe<int> kNpuNumber = number("npu-number", Where::kNpu);

void answers(const Evidence& host) {
  if (host.visit().state != Visit::State::kAnswered)
    throw NoEvidence({"无应答", "does not answer"});
}

// A small cluster: two hosts of two NPUs whose numbers are all 7.
class Evaluate : public testing::Test {
 protected:
  Evaluate() {
    inventory_.cluster = "test";
    inventory_.groups.push_back({.name = "g"});
    for (const char* name : {"a", "b"}) {
      Host host{.name = name};
      host.npus = 2;
      inventory_.groups[0].hosts.push_back(host);
      Visit visit{.host = name, .state = Visit::State::kAnswered};
      visit.answers[{"host-number", -1}].out = "7";
      for (int npu : {0, 1}) visit.answers[{"npu-number", npu}].out = "7";
      visits_[name] = visit;
    }
    chapter_.id = "1";
    chapter_.step({.id = "0.1", .name = "HostAnswers", .on = Scope::kHost, .expect = answers});
  }

  void step(const char* id, Scope on, std::vector<Question> probes,
            std::vector<std::string> stands_on, std::function<void(const Evidence&)> expect) {
    chapter_.step({.id = id,
                   .name = "S",
                   .on = on,
                   .probes = std::move(probes),
                   .stands_on = std::move(stands_on),
                   .expect = std::move(expect)});
  }

  RunRecord run(const Selection& selection = {}) {
    const std::vector<Chapter> chapters{chapter_};
    const Plan plan = make_plan(chapters, inventory_, selection);
    RunRecord record = planned_record(plan, chapters, inventory_);
    std::vector<Visit> visits;
    for (const auto& [name, visit] : visits_) visits.push_back(visit);
    const EvidenceBook book(inventory_, visits);
    evaluate(plan, chapters, book, record, Waivers(waivers_, inventory_, 0));
    return record;
  }

  static const StepResult& at(const RunRecord& record, const std::string& id,
                              const std::string& target) {
    for (const StepResult& result : record.results)
      if (record.steps[result.step].id == id && result.target.str() == target) return result;
    throw std::runtime_error("no result of " + id + " on " + target);
  }

  Inventory inventory_;
  std::map<std::string, Visit> visits_;
  Chapter chapter_;
  std::vector<Waiver> waivers_;
};

void npu_is_seven(const Evidence& npu) {
  EXPECT_EQ(npu[kNpuNumber], 7) << Finding{
      .expected = "7", .actual = std::to_string(npu[kNpuNumber]), .why = {"七", "seven"}};
}

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
  EXPECT_THAT(wrong.findings[0].detail, HasSubstr("evaluate_test.cpp:"));
  ASSERT_EQ(wrong.exhibits.size(), 1U);
  EXPECT_EQ(wrong.exhibits[0].answer.out, "8");
  EXPECT_EQ(at(record, "1.1", "b/npu0").verdict, Verdict::kPass);
  EXPECT_EQ(record.exit_code(), 1);
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
  EXPECT_EQ(run({.hosts = {"[a-b]"}}).hosts.size(), 2U);  // a shell's pattern works, too
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
