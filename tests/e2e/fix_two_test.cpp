// Two controllers that repair the same hosts.
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "tests/e2e/fix_background.h"
#include "tests/e2e/whole_state.h"

namespace touchstone {
namespace {

using testing::HasSubstr;
using testing::Not;

// What the hosts have noted themselves: of each run when it changed what.
struct Noted {
  std::vector<std::string> runs;  // in their order, one after the other
  std::multiset<std::string> done;
};

Noted noted_by(const Cluster& cluster, const std::string& host) {
  Noted noted;
  std::map<std::string, std::string> what;  // by run and number
  std::istringstream lines(
      slurp(cluster.dir() + "/hosts/" + host + "/root/var/lib/touchstone/journal.jsonl"));
  for (std::string line; std::getline(lines, line);) {
    const auto event = nlohmann::json::parse(line);
    const std::string run = event.at("run"), id = run + " " + event.at("change").dump();
    if (noted.runs.empty() || noted.runs.back() != run) noted.runs.push_back(run);
    if (event.at("event") == "begin") what[id] = event.at("what");
    if (event.at("event") == "done") noted.done.insert(what.at(id));
  }
  return noted;
}

void expect_all_is_right(Cluster& cluster) {
  std::string out;
  int code = -1;
  cluster.run("--step 3.1.6,3.1.8 --chapter 3.2", &code, &out);
  EXPECT_EQ(code, 0) << out;
  for (const char* host : {"node-01", "node-02"}) {
    const Noted noted = noted_by(cluster, host);
    const std::set<std::string> once(noted.done.begin(), noted.done.end());
    EXPECT_FALSE(once.empty());
    EXPECT_EQ(noted.done.size(), once.size()) << host << ": something was done twice";
    const std::set<std::string> runs(noted.runs.begin(), noted.runs.end());
    EXPECT_EQ(noted.runs.size(), runs.size()) << host << ": the work of two runs is mixed";
    EXPECT_FALSE(std::filesystem::exists(cluster.dir() + "/hosts/" + host +
                                         "/root/var/lib/touchstone/lock"));
  }
}

void expect_told_to_the_end(const InBackground& run) {
  const Ran told = shell(kTouchstone + " journal show " + run.journal());
  EXPECT_EQ(told.code, 0) << told.out;
  EXPECT_THAT(told.out, Not(HasSubstr("ended before it was finished")));
  EXPECT_THAT(told.out, Not(HasSubstr("under_way")));
  EXPECT_THAT(told.out, Not(HasSubstr("half_done")));
}

class TwoControllers : public testing::Test {
 protected:
  TwoControllers() {
    for (const char* fault : kFaultsOfTwoHosts) cluster_.fault(fault);
  }
  Cluster cluster_{2, "--no-service --latency 0.05"};
};

// From the very beginning side by side. Who comes second is kept out, or finds the work done, or
// that the state has moved: but neither spoils the other's.
TEST_F(TwoControllers, AtTheSameTime) {
  InBackground first(cluster_, "first", "--fix --step 3.1.6,3.1.8 --chapter 3.2"),
      second(cluster_, "second", "--fix --step 3.1.6,3.1.8 --chapter 3.2");
  const int code_of_first = first.wait(), code_of_second = second.wait();
  EXPECT_TRUE(code_of_first == 0 || code_of_second == 0) << first.out() << second.out();
  for (const InBackground* run : {&first, &second})
    if (std::filesystem::exists(run->journal())) expect_told_to_the_end(*run);
  expect_all_is_right(cluster_);
}

// The first one stands still in the midst of its work, and holds the hosts.
TEST_F(TwoControllers, TheSecondIsToldWhoHoldsTheHosts) {
  InBackground first(cluster_, "first", "--fix --step 3.1.6,3.1.8 --chapter 3.2");
  ASSERT_TRUE(first.journal_has(3)) << first.out();
  first.signal(SIGSTOP);
  InBackground second(cluster_, "second", "--fix --step 3.1.6,3.1.8 --chapter 3.2");
  EXPECT_EQ(second.wait(), 1) << second.out();
  const std::string run =
      nlohmann::json::parse(slurp(first.journal()).substr(0, slurp(first.journal()).find('\n')))
          .at("run");
  EXPECT_THAT(second.out(), HasSubstr("held by run " + run + ", of ")) << "who has it";
  EXPECT_THAT(second.out(), Not(HasSubstr(". done "))) << "nothing was done on a held host";
  expect_told_to_the_end(second);
  first.signal(SIGCONT);
  EXPECT_EQ(first.wait(), 0) << first.out();
  expect_told_to_the_end(first);
  expect_all_is_right(cluster_);
}

TEST_F(TwoControllers, TheLockOfADeadRunIsTakenOver) {
  InBackground first(cluster_, "first", "--fix --step 3.1.6,3.1.8 --chapter 3.2");
  ASSERT_TRUE(first.journal_has(3)) << first.out();
  first.kill();
  InBackground second(cluster_, "second", "--fix --step 3.1.6,3.1.8 --chapter 3.2");
  EXPECT_EQ(second.wait(), 0) << second.out();
  EXPECT_THAT(second.out(), HasSubstr("took over the lock that a dead run had left"));
  EXPECT_THAT(second.out(), HasSubstr("its connection has ended"));
  expect_told_to_the_end(second);
  int code = -1;
  cluster_.run("--step 3.1.6,3.1.8 --chapter 3.2", &code);
  EXPECT_EQ(code, 0);
}

}  // namespace
}  // namespace touchstone
