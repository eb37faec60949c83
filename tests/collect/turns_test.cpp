#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/collect/collector.h"
#include "tests/collect/fake_host.h"

namespace touchstone {
namespace {

using testing::HasSubstr;

// Questions that are asked later, over the shell that is still there.
class Turns : public testing::TestWithParam<const char*> {
 protected:
  // Every shell that is started leaves a line.
  void hosts(int count) {
    for (int i = 1; i <= count; ++i)
      site_.host("h" + std::to_string(i), "echo shell >>" + site_.root() + "/shells; exec \"$@\"");
  }
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const Host& host : site_.inventory().groups[0].hosts) names.push_back(host.name);
    return names;
  }
  int shells() const {
    std::ifstream in(site_.root() + "/shells");
    int count = 0;
    for (std::string line; std::getline(in, line);) ++count;
    return count;
  }
  static std::string out(const Visit& visit, const std::string& key, int npu = -1) {
    auto at = visit.answers.find({key, npu});
    return at == visit.answers.end() ? "(none)" : at->second.out;
  }

  FakeSite site_{GetParam()};
  Batch first_{.questions = {ask_host("first", {"echo", "first"})}};
};
INSTANTIATE_TEST_SUITE_P(Shells, Turns, testing::Values("dash", "bash --posix", "busybox sh"),
                         [](const auto& info) {
                           const std::string name = info.param;
                           return name.substr(0, name.find(' '));
                         });

TEST_P(Turns, ComeOverTheSameShell) {
  hosts(2);
  {
    Collection collection(site_.inventory(), {.later_turns = true});
    auto visits = collection.visit(names(), first_);
    for (int turn = 1; turn <= 3; ++turn) {
      const std::string key = "turn" + std::to_string(turn);
      collection.turn(
          visits, {{.host = "h1", .question = ask_host(key, {"echo", key, "it's"})},
                   {.host = "h2", .npu = 0, .question = ask_npu(key, {"echo", "left {npu}"})},
                   {.host = "h2", .npu = 1, .question = ask_npu(key, {"echo", "right {npu}"})}});
      EXPECT_EQ(out(visits[0], key), key + " it's\n");
      EXPECT_EQ(out(visits[1], key, 0), "left 0\n");
      EXPECT_EQ(out(visits[1], key, 1), "right 1\n");
    }
    EXPECT_EQ(out(visits[0], "first"), "first\n");
    EXPECT_EQ(visits[0].state, Visit::State::kAnswered);
    EXPECT_EQ(visits[0].answers.size(), 4U);
    EXPECT_EQ(shells(), 2);
  }
  EXPECT_TRUE(site_.left_nothing()) << testing::PrintToString(site_.processes());
}

// Asked one after the other, connected all the time: one connection a host and run.
TEST_P(Turns, ComeOverTheSameShellOfMoreHostsThanAreAskedAtOnce) {
  hosts(3);
  {
    Collection collection(site_.inventory(), {.forks = 1, .later_turns = true});
    auto visits = collection.visit(names(), first_);
    EXPECT_TRUE(collection.stays_connected());
    for (const char* key : {"second", "third"}) {
      Turn turn;
      for (const std::string& name : names())
        turn.push_back({.host = name, .question = ask_host(key, {"echo", name})});
      collection.turn(visits, turn);
      for (const Visit& visit : visits) EXPECT_EQ(out(visit, key), visit.host + "\n");
    }
    EXPECT_EQ(shells(), 3);
  }
  EXPECT_TRUE(site_.left_nothing()) << testing::PrintToString(site_.processes());
}

TEST_P(Turns, ConnectAnewWhereFewerMayStayConnected) {
  hosts(3);
  Collection collection(site_.inventory(), {.later_turns = true, .connected = 2});
  auto visits = collection.visit(names(), first_);
  EXPECT_FALSE(collection.stays_connected());
  Turn turn;
  for (const std::string& name : names())
    turn.push_back({.host = name, .question = ask_host("later", {"echo", name})});
  collection.turn(visits, turn);
  for (const Visit& visit : visits) EXPECT_EQ(out(visit, "later"), visit.host + "\n");
  EXPECT_EQ(shells(), 6);
  EXPECT_TRUE(site_.left_nothing()) << testing::PrintToString(site_.processes());
}

TEST_P(Turns, AShellThatDiesCostsItsOwnAnswersOnly) {
  hosts(2);
  site_.tool("fatal", "kill -KILL 0");
  Collection collection(site_.inventory(), {.later_turns = true});
  auto visits = collection.visit(names(), first_);
  // The group of a collected command is its shell's: all of it dies.
  collection.turn(visits, {{.host = "h1", .question = ask_host("a", {"echo", "a"})},
                           {.host = "h1", .question = ask_host("b", {"fatal"}, 2)},
                           {.host = "h2", .question = ask_host("a", {"echo", "a"})}});
  EXPECT_EQ(out(visits[1], "a"), "a\n");
  EXPECT_EQ(visits[0].state, Visit::State::kAnswered) << "it did answer the first round";
  EXPECT_EQ(out(visits[0], "first"), "first\n");
  ASSERT_TRUE(visits[0].answers.contains({"b", -1}));
  const Answer& fatal = visits[0].answers.at({"b", -1});
  EXPECT_TRUE(fatal.end != Answer::End::kExited || fatal.exit_code != 0);
  // And the host is asked again afterwards.
  collection.turn(visits, {{.host = "h1", .question = ask_host("c", {"echo", "c"})}});
  EXPECT_EQ(out(visits[0], "c"), "c\n");
}

TEST_P(Turns, AHostThatFallsSilentIsLostWithinItsLimit) {
  if (GetParam() != std::string("dash"))
    return;  // nothing of it depends on the shell, and it takes its time
  // The way to the host is cut off when the file appears: nothing comes back any more.
  Host& host = site_.host("h1", "\"$@\" | while IFS= read -r line; do [ -e " + site_.root() +
                                    "/cut ] && exec sleep 60; printf '%s\\n' \"$line\"; done");
  host.access.time_limit = 1;
  Collection collection(site_.inventory(), {.later_turns = true});
  auto visits = collection.visit(names(), first_);
  EXPECT_EQ(visits[0].state, Visit::State::kAnswered) << visits[0].detail.en;
  std::ofstream(site_.root() + "/cut") << "\n";
  Question question = ask_host("silent", {"echo", "x"}, 1);
  collection.turn(visits, {{.host = "h1", .question = question}});
  ASSERT_TRUE(visits[0].answers.contains({"silent", -1}));
  const Answer& lost = visits[0].answers.at({"silent", -1});
  EXPECT_EQ(lost.end, Answer::End::kLost);
  EXPECT_EQ(lost.command, "echo x");
  EXPECT_THAT(lost.err, HasSubstr("within 6 s"));
  EXPECT_EQ(out(visits[0], "first"), "first\n");
}

TEST_P(Turns, SlowQuestionsTellEachAnswerAsItComes) {
  hosts(1);
  std::vector<std::size_t> told;
  CollectOptions options{.later_turns = true};
  options.on_answers = [&](std::size_t answers) { told.push_back(answers); };
  Collection collection(site_.inventory(), options);
  auto visits = collection.visit(names(), first_);
  told.clear();
  Turn turn;
  for (int i = 0; i < 12; ++i)
    turn.push_back({.host = "h1",
                    .question = ask_host("sum" + std::to_string(i),
                                         {"sh", "-c", "sleep 0.1; echo sum"}, 600)});
  collection.turn(visits, turn);
  for (int i = 0; i < 12; ++i) EXPECT_EQ(out(visits[0], "sum" + std::to_string(i)), "sum\n") << i;
  EXPECT_GE(told.size(), 4U) << "all came in one go";
}

}  // namespace
}  // namespace touchstone
