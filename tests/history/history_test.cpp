#include "harness/history/history.h"

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/history/changes.h"
#include "tests/history/nights.h"

namespace touchstone::history_test {
namespace {

using testing::ElementsAre;

// What was injected, and what each night has to say of it: N new, S still failing, R recovered,
// F flapping, - nothing. Written by hand from the words of docs/history.md.
struct Injected {
  const char* subject;
  std::string nights, says;
};

const std::vector<Injected> kInjected{
    // Comes and stays.
    {"3.1.8 node-01/npu3", "..........xxxxxxxxxxxxxxxxxxxx", "----------NSSSSSSSSSSSSSSSSSSS"},
    // Comes and goes.
    {"3.1.8 node-02/npu0", ".....xxx......................", "-----NSSR---------------------"},
    // Comes and goes four times in eight nights; three turns make it flap, until they are more than
    // ten nights ago.
    {"3.1.3 node-01/npu7", ".x.x.x.x......................", "-NRFFFFFFFFFFFF---------------"},
    // A waiver in between: no news while it is there, and no new fault after it.
    {"3.1.3 node-02/npu1", "....xxxwwwwwxx................", "----NSS-----SSR---------------"},
    // Nobody could tell for one night.
    {"2.1.1 node-01", "..........?...................", "----------NR------------------"},
    // Blocked nights say nothing.
    {"3.1.8 node-01/npu5", "...xxbbxx.bb..................", "---NS--SSR--------------------"},
    // There from the first night on, of which nothing can be said.
    {"3.1.3 node-01/npu0", "xx............................", "-SR---------------------------"},
    // A host that joins later.
    {"2.1.1 node-02", "               ........x......", "-----------------------NR-----"},
    // Passed on a second look, in two nights of ten: it came and went twice.
    {"3.1.8 node-02/npu3", "....f...f.....................", "--------FFFFFF----------------"},
    // Waived from the first night to the last of its fault.
    {"3.1.8 node-02/npu7", ".......wwww...................", "-----------R------------------"},
};

Faults faults() {
  Faults all;
  for (const Injected& one : kInjected) all[one.subject] = one.nights;
  return all;
}

char sign_of(const std::vector<News>& changes, const std::string& subject) {
  for (const News& change : changes)
    if (change.step + " " + change.target.str() == subject)
      return "NSRF"[static_cast<std::size_t>(change.kind)];
  return '-';
}

class ThirtyNights : public testing::Test {
 protected:
  std::vector<Past> add_all(const std::string& file) {
    History history(file, History::Use::kAdd);
    std::vector<Past> all;
    for (std::size_t n = 0; n < 30; ++n) all.push_back(history.add(run_of(n, faults(), "lab")));
    return all;
  }
  Folder folder_;
  std::string file_ = folder_ / "history.db";
};

TEST_F(ThirtyNights, SayExactlyWhatWasInjected) {
  const std::vector<Past> nights = add_all(file_);
  for (const Injected& one : kInjected) {
    std::string says;
    for (const Past& past : nights) says += sign_of(past.changes, one.subject);
    EXPECT_EQ(says, one.says) << one.subject;
  }
  // And nothing of anybody else.
  for (std::size_t n = 0; n < nights.size(); ++n) {
    std::size_t expected = 0;
    for (const Injected& one : kInjected) expected += one.says[n] != '-';
    EXPECT_EQ(nights[n].changes.size(), expected) << n;
  }
}

TEST_F(ThirtyNights, TellSinceWhenAndHowLong) {
  const std::vector<Past> nights = add_all(file_);
  const auto of = [&](std::size_t n, const std::string& subject) {
    for (const News& change : nights[n].changes)
      if (change.step + " " + change.target.str() == subject) return change;
    throw std::out_of_range(subject);
  };
  EXPECT_EQ(of(29, "3.1.8 node-01/npu3").since, night(10));
  EXPECT_EQ(of(29, "3.1.8 node-01/npu3").runs, 20U);
  // The waived nights count: the fault was there.
  EXPECT_EQ(of(12, "3.1.3 node-02/npu1").since, night(4));
  EXPECT_EQ(of(12, "3.1.3 node-02/npu1").runs, 9U);
  EXPECT_EQ(of(8, "3.1.8 node-02/npu0").since, night(5));
  EXPECT_EQ(of(8, "3.1.8 node-02/npu0").runs, 3U);
  EXPECT_EQ(of(8, "3.1.8 node-02/npu0").verdict, Verdict::kPass);
  EXPECT_EQ(of(8, "3.1.3 node-01/npu7").turns, 8U);
  EXPECT_EQ(nights[0].previous, 0);
  EXPECT_EQ(nights[12].previous, night(11));
  ASSERT_EQ(nights[29].nights.size(), 30U);
  EXPECT_EQ(nights[29].nights[10].started, night(10));
  EXPECT_EQ(nights[29].nights[10].counts,
            (std::map<Verdict, std::size_t>{{Verdict::kFail, 1},
                                            {Verdict::kError, 1},
                                            {Verdict::kWaived, 2},
                                            {Verdict::kBlocked, 0 + 1},
                                            {Verdict::kPass, 28}}));
}

TEST_F(ThirtyNights, TheTrendIsWhatWasInjected) {
  add_all(file_);
  const History history(file_, History::Use::kRead);
  Faults seen;
  for (const TrendLine& line : history.trend(history.runs("lab"))) {
    std::string& signs = seen[line.step + " " + line.target.str()];
    std::size_t n = 0;
    for (const auto& verdict : line.verdicts)
      signs += line.flaky[n++]                ? 'f'
               : !verdict                     ? ' '
               : *verdict == Verdict::kFail   ? 'x'
               : *verdict == Verdict::kError  ? '?'
               : *verdict == Verdict::kWaived ? 'w'
                                              : '.';
  }
  Faults injected = faults();
  for (auto& [subject, signs] : injected) std::replace(signs.begin(), signs.end(), 'b', ' ');
  EXPECT_EQ(seen, injected);
  EXPECT_EQ(history.trend(history.runs("lab"))[0].target.str(), "node-01/npu3");  // the worst
  EXPECT_EQ(history.trend(history.runs("lab"))[0].bad, 20U);
}

TEST_F(ThirtyNights, TwoOfThemAreCompared) {
  add_all(file_);
  const History history(file_, History::Use::kRead);
  const auto runs = history.runs();
  std::vector<std::string> differ;
  for (const Differing& one : history.compare(runs[6], runs[10]))
    differ.push_back(one.step + " " + one.target.str());
  EXPECT_THAT(differ, testing::UnorderedElementsAre("3.1.8 node-01/npu3", "3.1.8 node-02/npu0",
                                                    "3.1.3 node-02/npu1", "2.1.1 node-01",
                                                    "3.1.8 node-02/npu7"));
  EXPECT_TRUE(history.compare(runs[20], runs[21]).empty());
}

TEST_F(ThirtyNights, OldOnesArePruned) {
  add_all(file_);
  History history(file_, History::Use::kAdd);
  EXPECT_EQ(history.prune(night(20)), 20U);
  const auto runs = history.runs();
  ASSERT_EQ(runs.size(), 10U);
  EXPECT_EQ(runs[0].started, night(20));
  EXPECT_EQ(history.trend(runs).size(), 2U);  // what failed in the last ten nights
  EXPECT_EQ(history.past(runs.back()).changes.at(0).since, night(20));  // as far as is known
  EXPECT_EQ(history.prune(night(20)), 0U);
}

// A recording that is judged again replaces the run, and one that is added late is put in its
// place.
TEST_F(ThirtyNights, ARunIsThereOnce) {
  const std::vector<Past> nights = add_all(file_);
  History history(file_, History::Use::kAdd);
  EXPECT_EQ(history.add(run_of(8, faults(), "lab")), nights[8]);
  EXPECT_EQ(history.runs().size(), 30U);
  Faults none;
  EXPECT_EQ(history.add(run_of(8, none, "lab")).nights.back().counts.at(Verdict::kPass), 34U);
  EXPECT_EQ(history.runs().size(), 30U);
}

TEST_F(ThirtyNights, ClustersDoNotMix) {
  add_all(file_);
  History history(file_, History::Use::kAdd);
  EXPECT_EQ(history.add(run_of(10, faults(), "other")).previous, 0);
  RunRecord simulated = run_of(10, faults(), "lab");
  simulated.simulated = true;
  simulated.started += 1;
  EXPECT_EQ(history.add(simulated).previous, 0);
  EXPECT_EQ(history.runs("other").size(), 1U);
}

TEST_F(ThirtyNights, WhatAnInterruptedRunDidNotComeToIsNoFault) {
  History history(file_, History::Use::kAdd);
  history.add(run_of(0, {}, "lab"));
  Faults all{{"2.1.1 node-01", "??"}, {"3.1.8 node-01/npu0", "xx"}};
  RunRecord record = run_of(1, all, "lab");
  record.complete = false;
  const Past past = history.add(record);
  ASSERT_EQ(past.changes.size(), 1U);
  EXPECT_EQ(past.changes[0].step, "3.1.8");
}

TEST_F(ThirtyNights, TwoWritersWaitForEachOther) {
  const auto write = [&](const std::string& cluster) {
    for (std::size_t n = 0; n < 15; ++n)
      History(file_, History::Use::kAdd).add(run_of(n, faults(), cluster));
  };
  std::thread one(write, "one"), two(write, "two");
  one.join();
  two.join();
  const History history(file_, History::Use::kRead);
  EXPECT_EQ(history.runs("one").size(), 15U);
  EXPECT_EQ(history.runs("two").size(), 15U);
  EXPECT_EQ(history.past(history.runs("two").back()).changes.size(),
            history.past(history.runs("one").back()).changes.size());
}

TEST_F(ThirtyNights, HostileNamesAreJustText) {
  RunRecord record = run_of(0, {}, "'; DROP TABLE run; --");
  record.results[0].target.host = std::string("\xff\x1b[2J\0'\"", 8);
  record.results[0].verdict = Verdict::kFail;
  History history(file_, History::Use::kAdd);
  history.add(record);
  record.started += 1;
  const Past past = history.add(record);
  ASSERT_EQ(past.changes.size(), 1U);
  EXPECT_EQ(past.changes[0].target, record.results[0].target);
  EXPECT_EQ(history.runs()[0].cluster, record.cluster);
}

}  // namespace
}  // namespace touchstone::history_test
