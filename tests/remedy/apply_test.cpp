// Plans applied to hosts that are folders: order, locks, what belongs together, the journal, undo.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/remedy/applied.h"

namespace touchstone {
namespace {

namespace fs = std::filesystem;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST_F(Applied, StageByStageOnAllHosts) {
  const auto outcomes =
      apply(plan({write("node-01", 1, "a", Stage::kRunc), write("node-02", 2, "a", Stage::kRunc),
                  write("node-01", 3, "b", Stage::kRankTable)}));
  EXPECT_THAT(outcomes, Each(Outcome::kDone));
  EXPECT_THAT(hosts_.asked,
              ElementsAre("node-01 fix-lock", "node-02 fix-lock", "node-01 fix-1", "node-02 fix-2",
                          "node-01 fix-3", "node-01 fix-release", "node-02 fix-release"));
  EXPECT_FALSE(there("node-01", "var/lib/touchstone/lock"));
  const JournalStory told = story();
  EXPECT_TRUE(told.finished);
  ASSERT_EQ(told.entries.size(), 3U);
  for (const auto& entry : told.entries) EXPECT_EQ(entry.result.outcome, Outcome::kDone);
}

TEST_F(Applied, NothingThatIsRiskierThanAllowed) {
  NumberedChange risky = write("node-01", 2, "b", Stage::kRankTable);
  risky.change.risk = Risk::kDisruptive;
  EXPECT_EQ(apply(plan({write("node-01", 1, "a", Stage::kRunc), risky})).size(), 1U);
  EXPECT_FALSE(there("node-01", "b"));
}

TEST_F(Applied, AFailureEndsTheLaterChangesOfItsHostOnly) {
  LocalHosts::write(hosts_.path("node-01", "a"), "not as planned");
  const auto outcomes = apply(plan(
      {write("node-01", 1, "a", Stage::kRunc), write("node-02", 2, "a", Stage::kRunc),
       write("node-01", 3, "b", Stage::kRankTable), write("node-02", 4, "b", Stage::kRankTable)}));
  EXPECT_THAT(outcomes,
              ElementsAre(Outcome::kMoved, Outcome::kDone, Outcome::kSkipped, Outcome::kDone));
  EXPECT_THAT(results_[2].why.en, HasSubstr("change 1 before it did not succeed"));
  EXPECT_FALSE(there("node-01", "b"));
}

// The precondition of 1 does not hold: nothing was touched, so only what stands on it waits.
TEST_F(Applied, ARefusalEndsOnlyWhatStandsOnIt) {
  NumberedChange refused = write("node-01", 1, "a", Stage::kNpuAddress),
                 stands = write("node-01", 3, "c", Stage::kRankTable),
                 on_that = write("node-02", 4, "d", Stage::kImage);
  refused.change.guards = {{.argv = {"false"}, .otherwise = {"在使用", "NPU 3 is in use"}}};
  stands.stands_on = {1};
  on_that.stands_on = {3};
  const auto outcomes = apply(plan({refused, write("node-01", 2, "b", Stage::kNpuTls), stands,
                                    on_that, write("node-01", 5, "e", Stage::kWeights)}));
  EXPECT_THAT(outcomes, ElementsAre(Outcome::kRefused, Outcome::kDone, Outcome::kSkipped,
                                    Outcome::kSkipped, Outcome::kDone));
  EXPECT_EQ(results_[0].why.en, "NPU 3 is in use");
  EXPECT_EQ(results_[2].why.en, "it stands on change 1, which was not made");
  EXPECT_FALSE(there("node-01", "c") || there("node-02", "d"));
}

// Somebody else is at work there: nothing more is done on this host.
TEST_F(Applied, ALostLockEndsAllOfItsHost) {
  NumberedChange robbed = command_change(
      hosts_, "node-01", 1,
      {{.does = {"rm", hosts_.path("node-01", "var/lib/touchstone/lock").string()}, .undoes = {}}},
      "");
  robbed.change.may_stay = true;
  robbed.change.stage = Stage::kRunc;
  EXPECT_THAT(apply(plan({robbed, write("node-01", 2, "b", Stage::kNpuTls),
                          write("node-01", 3, "c", Stage::kRankTable)})),
              ElementsAre(Outcome::kDone, Outcome::kRefused, Outcome::kSkipped));
}

TEST_F(Applied, WhatHasMovedTellsWhatWasExpectedAndWhatCameBack) {
  LocalHosts::write(hosts_.path("node-01", "a"), "not as planned");
  const NumberedChange command =
      command_change(hosts_, "node-02", 2, {{.does = {"true"}, .undoes = {}}}, "one\ntwo");
  LocalHosts::write(hosts_.path("node-02", "etc/one"), "");
  LocalHosts::write(hosts_.path("node-02", "etc/three"), "");
  apply(plan({write("node-01", 1, "a", Stage::kRunc), command}));
  EXPECT_THAT(results_[0].why.en,
              testing::MatchesRegex("the state is no longer what the plan was made from: expected "
                                    "no file, and there is a file with SHA-256 [0-9a-f]+…; nothing "
                                    "was changed, make a new plan"));
  EXPECT_THAT(results_[1].why.en, HasSubstr("expected \"two\", and there is \"three\""));
}

TEST_F(Applied, NothingOnAHostThatAnotherRunHolds) {
  const FixRun other{"20261126-000000-00000002", "other@there"};
  hosts_.run(lock_command(other, hosts_.host("node-02"), false));
  const auto outcomes =
      apply(plan({write("node-01", 1, "a", Stage::kRunc), write("node-02", 2, "a", Stage::kRunc)}));
  EXPECT_THAT(outcomes, ElementsAre(Outcome::kDone, Outcome::kSkipped));
  EXPECT_THAT(results_[1].why.en, HasSubstr("other@there"));
  EXPECT_TRUE(there("node-02", "var/lib/touchstone/lock"));
}

TEST_F(Applied, ALostAnswerIsUnderWay) {
  hosts_.lost = "node-01 fix-1";
  const auto outcomes = apply(
      plan({write("node-01", 1, "a", Stage::kRunc), write("node-01", 2, "b", Stage::kRankTable)}));
  EXPECT_THAT(outcomes, ElementsAre(Outcome::kUnderWay, Outcome::kSkipped));
  EXPECT_THAT(results_[0].why.en, HasSubstr("the line is dead"));
}

TEST_F(Applied, NothingMoreAfterAnInterrupt) {
  const std::atomic<bool> interrupted{true};
  EXPECT_THAT(apply(plan({write("node-01", 1, "a", Stage::kRunc)}), {.interrupted = &interrupted}),
              ElementsAre(Outcome::kSkipped));
  EXPECT_FALSE(there("node-01", "a"));
  EXPECT_FALSE(there("node-01", "var/lib/touchstone/lock"));
}

TEST_F(Applied, AndTakenBackNewestFirst) {
  apply(plan({write("node-01", 1, "a", Stage::kRunc), write("node-02", 2, "a", Stage::kRunc),
              write("node-01", 3, "b", Stage::kRankTable)}));
  auto entries = story().entries;
  std::reverse(entries.begin(), entries.end());
  hosts_.asked.clear();
  Journal journal(journal_path());
  journal.start(kTestRun, "here", "/cluster.yaml");
  const auto results =
      undo_changes(kTestRun, entries, hosts_.inventory(),
                   [&](const Turn& turn) { return hosts_.ask(turn); }, journal, {});
  EXPECT_EQ(results.size(), 3U);
  EXPECT_THAT(hosts_.asked, ElementsAre("node-01 fix-lock", "node-02 fix-lock", "node-01 undo-3",
                                        "node-02 undo-2", "node-01 undo-1", "node-01 fix-release",
                                        "node-02 fix-release"));
  EXPECT_FALSE(there("node-01", "a") || there("node-01", "b") || there("node-02", "a"));
  for (const auto& entry : story().entries) EXPECT_EQ(entry.result.outcome, Outcome::kUndone);
}

// It keeps nothing else from being taken back; the journal stays that of the first run.
TEST_F(Applied, ButForWhatCannotBe) {
  NumberedChange one_way = command_change(
      hosts_, "node-01", 2,
      {{.does = {"touch", hosts_.path("node-01", "etc/b").string()}, .undoes = {}}}, "");
  one_way.change.stage = Stage::kRankTable;
  ASSERT_THAT(apply(plan({write("node-01", 1, "a", Stage::kRunc), one_way})), Each(Outcome::kDone));
  auto entries = story().entries;
  std::reverse(entries.begin(), entries.end());
  Journal journal(journal_path());
  const FixRun later{kTestRun.id, "somebody@else"};
  journal.start(later, "here", "/elsewhere.yaml");
  std::vector<std::string> told;
  ApplyOptions options;
  options.on_change = [&](const NumberedChange&, const ChangeResult& result) {
    told.push_back(std::string(name_of(result.outcome)) + " " + result.why.en);
  };
  undo_changes(
      later, entries, hosts_.inventory(), [&](const Turn& turn) { return hosts_.ask(turn); },
      journal, options);
  EXPECT_THAT(told, ElementsAre("skipped it cannot be taken back: no command does that", "done "));
  EXPECT_TRUE(there("node-01", "etc/b"));
  EXPECT_FALSE(there("node-01", "a"));
  EXPECT_EQ(story().entries[1].result.outcome, Outcome::kDone);
  EXPECT_THAT(story().entries[1].result.why.en, HasSubstr("cannot be taken back")) << "it is kept";
  EXPECT_EQ(story().run.who, kTestRun.who);
  EXPECT_EQ(story().inventory, "/cluster.yaml");
}

TEST_F(Applied, TellsOfTheLockOfADeadRun) {
  fs::create_directories(hosts_.path("node-01", "var/lib/touchstone"));
  LocalHosts::write(hosts_.path("node-01", "var/lib/touchstone/lock"),
                    "dead-run\nother@there\n1700000000\n1700000001\n0\n0\n");
  std::string told;
  ApplyOptions options;
  options.on_takeover = [&](const std::string& host, const std::string& from) {
    told += host + ": " + from;
  };
  EXPECT_THAT(apply(plan({write("node-01", 1, "a", Stage::kRunc)}), options),
              ElementsAre(Outcome::kDone));
  EXPECT_EQ(told, "node-01: dead-run, of other@there: its time was over");
}

TEST_F(Applied, AJournalThatEndsAnywhereTellsWhatWasUnderWay) {
  apply(
      plan({write("node-01", 1, "a", Stage::kRunc), write("node-01", 2, "b", Stage::kRankTable)}));
  const std::string whole = LocalHosts::read(journal_path());
  // From the first change on: before it, there is no beginning or no plan.
  for (std::size_t size = whole.find("\"begin\""); size < whole.size(); ++size) {
    const JournalStory told = read_journal(whole.substr(0, size));
    ASSERT_EQ(told.entries.size(), 2U) << size;
    EXPECT_FALSE(told.finished) << size;
    const std::string_view seen =
        std::string_view(whole).substr(0, whole.rfind('\n', size - 1) + 1);
    const auto count = [&](std::string_view what) {
      std::size_t number = 0;
      for (std::size_t at = 0; (at = seen.find(what, at)) != std::string_view::npos; ++at) ++number;
      return number;
    };
    std::size_t done = 0, under_way = 0;
    for (const auto& entry : told.entries) {
      done += entry.result.outcome == Outcome::kDone;
      under_way += entry.result.outcome == Outcome::kUnderWay;
    }
    EXPECT_EQ(done, count("\"event\":\"end\"")) << size;
    EXPECT_EQ(under_way, count("\"event\":\"begin\"") - done) << size;
  }
}

}  // namespace
}  // namespace touchstone
