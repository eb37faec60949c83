// The journal where something goes wrong: whoever is told of a change throws, the disk is full in
// the middle of a line, an answer was lost.
#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "harness/model/write_file.h"
#include "tests/remedy/applied.h"

namespace touchstone {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;

// No file of this process grows beyond `bytes`, as on a disk that is full: what fits is written,
// and then it fails.
class FullDisk {
 public:
  explicit FullDisk(std::uintmax_t bytes) : signal_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, signal_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
  void (*signal_)(int);
};

class JournalOfARun : public Applied {
 protected:
  std::uintmax_t size() const { return std::filesystem::file_size(journal_path()); }
  FixPlan one_of_each() const {
    return plan({write("node-01", 1, "a", Stage::kRunc), write("node-02", 2, "a", Stage::kRunc)});
  }
  std::vector<JournalStory::Entry> newest_first() const {
    auto entries = story().entries;
    std::reverse(entries.begin(), entries.end());
    return entries;
  }
  std::vector<Outcome> told() const {
    std::vector<Outcome> outcomes;
    for (const auto& entry : story().entries) outcomes.push_back(entry.result.outcome);
    return outcomes;
  }
  std::vector<Outcome> undo(const ApplyOptions& options = {}) {
    Journal journal(journal_path());
    journal.start(kTestRun, "here", "/cluster.yaml");
    std::vector<Outcome> outcomes;
    for (const ChangeResult& result : undo_changes(
             kTestRun, newest_first(), hosts_.inventory(),
             [&](const Turn& turn) { return hosts_.ask(turn); }, journal, options))
      outcomes.push_back(result.outcome);
    return outcomes;
  }
};

// Standard output may be closed: what the hosts did is journalled all the same.
TEST_F(JournalOfARun, HasAllEndsOfATurnBeforeAnyIsTold) {
  ApplyOptions options;
  options.on_change = [](const NumberedChange&, const ChangeResult&) {
    throw std::runtime_error("nobody listens");
  };
  EXPECT_THROW(apply(one_of_each(), options), std::runtime_error);
  EXPECT_THAT(told(), ElementsAre(Outcome::kDone, Outcome::kDone));
  hosts_.run(release_command(kTestRun, hosts_.host("node-01")));
  hosts_.run(release_command(kTestRun, hosts_.host("node-02")));
  EXPECT_THROW(undo(options), std::runtime_error);
  EXPECT_THAT(told(), ElementsAre(Outcome::kUndone, Outcome::kUndone));
}

TEST_F(JournalOfARun, CutInALineGoesOnBehindTheLastWholeOne) {
  apply(one_of_each());
  std::filesystem::resize_file(journal_path(), size() - 5);  // of "finish"
  ASSERT_TRUE(story().cut);
  EXPECT_THAT(undo(), Each(Outcome::kDone));
  EXPECT_FALSE(story().cut);
  EXPECT_THAT(told(), ElementsAre(Outcome::kUndone, Outcome::kUndone));
}

TEST_F(JournalOfARun, CutInItsFirstLineIsBegunAnew) {
  LocalHosts::write(journal_path(), R"({"event":"start","at":17)");
  EXPECT_THAT(apply(one_of_each()), Each(Outcome::kDone));
  EXPECT_THAT(told(), Each(Outcome::kDone));
}

// Whose end cannot be written any more is told; nothing more is begun, and the locks are released.
TEST_F(JournalOfARun, ThatCannotBeWrittenAnyMoreEndsTheRun) {
  const FixPlan two =
      plan({write("node-01", 1, "a", Stage::kRunc), write("node-01", 2, "b", Stage::kRankTable)});
  Text trouble;
  {
    Journal journal(journal_path());
    journal.start(kTestRun, "here", "/cluster.yaml");
    journal.plan(two);
    std::optional<FullDisk> full;
    results_ = apply_plan(two, hosts_.inventory(),
                          [&](const Turn& turn) {
                            auto answers = hosts_.ask(turn);
                            if (turn[0].question.key == "fix-1") full.emplace(size() + 20);
                            return answers;
                          },
                          journal, {});
    trouble = journal.trouble();
  }
  ASSERT_EQ(results_.size(), 2U);
  EXPECT_EQ(results_[0].outcome, Outcome::kDone);
  EXPECT_EQ(results_[1].outcome, Outcome::kSkipped);
  EXPECT_EQ(results_[1].why, trouble);
  EXPECT_THAT(trouble.en, HasSubstr("the journal cannot be written (File too large)"));
  EXPECT_TRUE(there("node-01", "a"));
  EXPECT_FALSE(there("node-01", "b") || there("node-01", "var/lib/touchstone/lock"));
  EXPECT_TRUE(story().cut);
  EXPECT_THAT(told(), ElementsAre(Outcome::kUnderWay, Outcome::kPlanned));
}

TEST_F(JournalOfARun, WithoutTheBeginsOfATurnNoneOfItIsMade) {
  FixPlan whole = one_of_each();
  Journal journal(journal_path());
  journal.start(kTestRun, "here", "/cluster.yaml");
  journal.plan(whole);
  std::optional<FullDisk> full;
  results_ = apply_plan(whole, hosts_.inventory(),
                        [&](const Turn& turn) {
                          auto answers = hosts_.ask(turn);
                          if (!full) full.emplace(size() + 20);  // by now the locks are held
                          return answers;
                        },
                        journal, {});
  for (const ChangeResult& result : results_) EXPECT_EQ(result.outcome, Outcome::kSkipped);
  EXPECT_FALSE(there("node-01", "a") || there("node-02", "a"));
}

// The answer to the first undo was lost, and the host had done it.
TEST_F(JournalOfARun, WhatIsTakenBackAlreadyIsTakenBack) {
  apply(plan({write("node-01", 1, "a", Stage::kRunc)}));
  std::filesystem::remove(hosts_.path("node-01", "a"));
  EXPECT_THAT(undo(), ElementsAre(Outcome::kAlready));
  EXPECT_THAT(told(), ElementsAre(Outcome::kUndone));
}

TEST(Journals, AreToldFromOtherFiles) {
  EXPECT_THROW(read_journal(""), JournalError);
  EXPECT_THROW(read_journal("{\"event\":\"begin\"}\n"), JournalError);
  try {
    read_journal("hello\nworld\n");
    FAIL();
  } catch (const JournalError& error) {
    EXPECT_THAT(error.what(), HasSubstr("line 1"));
  }
}

TEST(Journals, ThatCannotBeWrittenStopEverything) {
  EXPECT_THROW(Journal("/nowhere/at/all/journal.jsonl"), CannotWrite);
  Journal full("/dev/full");
  EXPECT_THROW(full.start(kTestRun, "here", "x"), CannotWrite);
}

}  // namespace
}  // namespace touchstone
