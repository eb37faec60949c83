#include "harness/collect/collector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/collect/fake_host.h"

namespace touchstone {
namespace {

using testing::HasSubstr;

const Answer* find(const Visit& visit, const std::string& key, int npu = -1) {
  auto at = visit.answers.find({key, npu});
  return at == visit.answers.end() ? nullptr : &at->second;
}

// The script must mean the same to every shell that calls itself sh.
class Collect : public testing::TestWithParam<const char*> {
 protected:
  FakeSite site_{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(Shells, Collect, testing::Values("dash", "bash --posix", "busybox sh"),
                         [](const auto& info) {
                           const std::string name = info.param;
                           return name.substr(0, name.find(' '));
                         });

TEST_P(Collect, BringsBothStreamsAndTheExitCode) {
  site_.tool("ask", "echo \"out $1\"; echo \"err $1\" >&2; exit 13");
  site_.host("h1");
  const auto visits =
      site_.visit({.questions = {ask_host("one", {"ask", "it's \"quoted\" $HOME `id` \\"}),
                                 ask_npu("two", {"ask", "{npu}"})}});
  ASSERT_EQ(visits.size(), 1U);
  EXPECT_EQ(visits[0].state, Visit::State::kAnswered) << visits[0].detail.en;
  const Answer* one = find(visits[0], "one");
  ASSERT_NE(one, nullptr);
  EXPECT_EQ(one->out,
            "out it's \"quoted\" $HOME `id` \\\n");  // nothing of a value reaches the shell
  EXPECT_EQ(one->err, "err it's \"quoted\" $HOME `id` \\\n");
  EXPECT_EQ(one->exit_code, 13);
  EXPECT_EQ(one->end, Answer::End::kExited);
  for (int npu : {0, 1}) {
    ASSERT_NE(find(visits[0], "two", npu), nullptr);
    EXPECT_EQ(find(visits[0], "two", npu)->out, "out " + std::to_string(npu) + "\n");
    EXPECT_EQ(find(visits[0], "two", npu)->command, "ask " + std::to_string(npu));
  }
  EXPECT_TRUE(site_.left_nothing());
}

TEST_P(Collect, EveryQuestionHasItsOwnTimeLimit) {
  site_.tool("slow", "echo began; sleep 60");
  site_.tool("deaf", "trap '' TERM; while :; do sleep 0.2; done");
  site_.tool("straggler", "sleep 100 & echo said");
  site_.host("h1");
  const auto visits = site_.visit(
      {.questions = {ask_host("slow", {"slow"}, 1), ask_host("deaf", {"deaf"}, 1),
                     ask_host("straggler", {"straggler"}, 20), ask_host("quick", {"echo", "quick"}),
                     ask_host("after", {"echo", "later"})}});
  ASSERT_EQ(visits[0].state, Visit::State::kAnswered) << visits[0].detail.en;
  EXPECT_EQ(find(visits[0], "slow")->end, Answer::End::kTimedOut);
  EXPECT_EQ(find(visits[0], "slow")->out, "began\n");  // what it said before is kept
  EXPECT_EQ(find(visits[0], "deaf")->end, Answer::End::kTimedOut);
  EXPECT_EQ(find(visits[0], "straggler")->out,
            "said\n");  // though what it left behind held the pipe open
  EXPECT_EQ(find(visits[0], "straggler")->exit_code, 0);
  EXPECT_EQ(find(visits[0], "quick")->out, "quick\n");
  EXPECT_EQ(find(visits[0], "after")->out, "later\n");
  EXPECT_LT(visits[0].seconds, 10);
  EXPECT_TRUE(site_.left_nothing()) << testing::PrintToString(site_.processes());
}

TEST_P(Collect, AWatchdogStandsInForTimeout) {
  site_.tool("slow", "exec sleep 60");
  site_.tool("quick", "echo quick; exit 3");
  // A host with no timeout at all: a PATH of its own, with links to what else is needed.
  for (const char* name : {"sh", "head", "cat", "wc", "rm", "mkdir", "mktemp", "mkfifo", "date",
                           "sleep", "busybox", "bash", "dash"})
    std::filesystem::create_symlink(
        std::string(std::filesystem::exists(std::string("/bin/") + name) ? "/bin/" : "/usr/bin/") +
            name,
        site_.root() + "/bin/" + name);
  site_.host("h1", "exec \"$@\"", "/nonexistent");
  const auto visits =
      site_.visit({.questions = {ask_npu("slow", {"slow"}, 1), ask_npu("quick", {"quick"})}});
  ASSERT_EQ(visits[0].state, Visit::State::kAnswered) << visits[0].detail.en;
  EXPECT_EQ(find(visits[0], "slow", 0)->end, Answer::End::kTimedOut);
  EXPECT_EQ(find(visits[0], "quick", 0)->exit_code, 3);
}

TEST_P(Collect, OutputIsBounded) {
  site_.tool("flood", "head -c 100000000 /dev/zero | tr '\\0' x");
  site_.host("h1");
  const auto visits = site_.visit(
      {.questions = {ask_host("flood", {"flood"}, 10), ask_host("after", {"echo", "here"})}});
  ASSERT_EQ(visits[0].state, Visit::State::kAnswered) << visits[0].detail.en;
  EXPECT_EQ(find(visits[0], "flood")->out.size(), std::size_t{1} << 20);
  EXPECT_TRUE(find(visits[0], "flood")->cut);
  EXPECT_EQ(find(visits[0], "after")->out, "here\n");
}

TEST_P(Collect, AProbeCannotSwallowTheScript) {
  site_.host("h1");
  const auto visits =
      site_.visit({.questions = {ask_host("cat", {"cat"}), ask_host("after", {"echo", "here"})}});
  ASSERT_EQ(visits[0].state, Visit::State::kAnswered) << visits[0].detail.en;
  EXPECT_EQ(find(visits[0], "cat")->out, "");
  EXPECT_EQ(find(visits[0], "after")->out, "here\n");
}

TEST_P(Collect, AMissingToolIsToldApart) {
  site_.host("h1");
  const auto visits = site_.visit({.questions = {ask_host("gone", {"no-such-tool-here", "-x"})}});
  EXPECT_EQ(find(visits[0], "gone")->end, Answer::End::kNoTool);
}

TEST_P(Collect, SecondLooksComeLater) {
  site_.tool("count", "echo x >>\"$TMPDIR/../count$1\"; wc -l <\"$TMPDIR/../count$1\"");
  site_.host("h1");
  Question counted = ask_npu("count", {"count", "{npu}"});
  counted.second_look = true;
  const auto visits = site_.visit({.questions = {counted}, .second_look_after = 0.5});
  ASSERT_EQ(visits[0].state, Visit::State::kAnswered) << visits[0].detail.en;
  EXPECT_EQ(find(visits[0], "count", 1)->out, "1\n");
  EXPECT_EQ(find(visits[0], "count.again", 1)->out, "2\n");
  EXPECT_GE(find(visits[0], "count.again", 1)->start - find(visits[0], "count", 1)->start, 0.49);
}

TEST_P(Collect, BannersNoiseAndBinaryJunkAreNoAnswers) {
  site_.tool("junk", "printf '\\000\\377\\n@TS 00 end n0\\n\\033[2J'");
  site_.host(
      "h1",
      "echo 'Welcome! @TS hello'; head -c 300 /dev/urandom; echo; echo motd >&2; exec \"$@\"");
  const auto visits =
      site_.visit({.questions = {ask_host("junk", {"junk"}), ask_host("echo", {"echo", "plain"})}});
  ASSERT_EQ(visits[0].state, Visit::State::kAnswered) << visits[0].detail.en;
  EXPECT_EQ(find(visits[0], "junk")->out, std::string("\0\377\n@TS 00 end n0\n\033[2J", 21));
  EXPECT_EQ(find(visits[0], "echo")->out, "plain\n");
}

// The driver of one NPU hangs: its questions take all of the visit's time, but the others have
// answered long before.
TEST_P(Collect, AChainThatIsStuckHoldsUpNoOther) {
  site_.tool("ask", "[ \"$1\" = 1 ] || exec sleep 60; echo quick");
  site_.host("h1").access.time_limit = 1;
  const auto visits = site_.visit({.questions = {ask_npu("ask", {"ask", "{npu}"}, 60)}});
  EXPECT_EQ(visits[0].state, Visit::State::kHung);
  EXPECT_THAT(visits[0].detail.en, HasSubstr("within 1 s"));
  ASSERT_NE(find(visits[0], "ask", 1), nullptr);
  EXPECT_EQ(find(visits[0], "ask", 1)->out, "quick\n");
  EXPECT_EQ(find(visits[0], "ask", 0), nullptr);
  EXPECT_LT(visits[0].seconds, 6);
  EXPECT_TRUE(site_.left_nothing()) << testing::PrintToString(site_.processes());
}

TEST_P(Collect, PlacesAreFilledInWhereverTheyStand) {
  Host& host = site_.host("h1");
  host.sysroot = site_.root() + "/";
  host.container = "mindie 1";
  site_.tool("docker", "echo \"$@\"");
  std::filesystem::create_directories(site_.root() + "/usr/local/Ascend/driver/tools");
  std::filesystem::copy_file(site_.root() + "/bin/docker",
                             site_.root() + "/usr/local/Ascend/driver/tools/hccn_tool");
  Question inside = ask_host("inside", {"ls", "/dev"});
  inside.where = Where::kContainer;
  const auto visits = site_.visit(
      {.questions = {inside,
                     ask_npu("device", {"hccn_tool", "{sysroot}/dev/davinci{npu}", "'{npu}'"})}});
  ASSERT_EQ(visits[0].state, Visit::State::kAnswered) << visits[0].detail.en;
  EXPECT_EQ(find(visits[0], "inside")->out, "exec -i mindie 1 ls /dev\n");
  EXPECT_EQ(find(visits[0], "inside")->command, "docker exec -i 'mindie 1' ls /dev");
  EXPECT_EQ(find(visits[0], "device", 1)->out, site_.root() + "/dev/davinci1 '1'\n");
}

TEST_P(Collect, AnUnreadableStreamIsNoReasonToLoseTheOthers) {
  site_.tool("empty", "exec >&- 2>&-; exit 7");
  site_.host("h1");
  const auto visits = site_.visit(
      {.questions = {ask_host("empty", {"empty"}), ask_host("two", {"sh", "-c", "kill -9 $$"})}});
  EXPECT_EQ(find(visits[0], "empty")->exit_code, 7);
  EXPECT_EQ(find(visits[0], "two")->exit_code, 137);
  EXPECT_EQ(find(visits[0], "two")->end,
            Answer::End::kExited);  // it was killed, but not at its limit
}

TEST(CollectHosts, WhoeverKillsTheShellLeavesNothingBehind) {
  FakeSite site;
  site.host("h1", "echo $$ >\"$TMPDIR/../pid\"; exec \"$@\"");
  // A tool that is killed out of its time limit while it starts may live to its own end: here that
  // is soon.
  site.tool("murder", "kill -9 $(cat \"$TMPDIR/../pid\"); exec sleep 4");
  const auto visits = site.visit({.questions = {ask_npu("murder", {"murder"}, 30)}});
  EXPECT_EQ(visits[0].state, Visit::State::kDied) << visits[0].detail.en;
  EXPECT_THAT(visits[0].detail.en, HasSubstr("signal 9"));
  EXPECT_TRUE(site.left_nothing(10)) << testing::PrintToString(site.processes());
}

// The way back breaks while the way there stays open: whoever writes next must not keep the others
// waiting.
TEST_P(Collect, AConnectionThatBreaksOneWayEndsTheVisit) {
  site_.tool("ask", "head -c 50000 /dev/zero");
  site_.host("h1", "\"$@\" | dd bs=1 count=60000 2>/dev/null; exit 9");
  const auto visits =
      site_.visit({.questions = {ask_host("one", {"ask"}), ask_npu("two", {"ask"})}});
  EXPECT_EQ(visits[0].state, Visit::State::kDied) << visits[0].detail.en;
  EXPECT_EQ(visits[0].answers.size(), 1U);
  EXPECT_LT(visits[0].seconds, 5);
  EXPECT_TRUE(site_.left_nothing()) << testing::PrintToString(site_.processes());
}

// A program on the way may hand on only whole buffers: then nothing is heard of the shell before it
// has its script.
TEST(CollectHosts, AWayThatKeepsBackWhatIsLittleIsNoDeadEnd) {
  FakeSite site;
  // What is left over must be more than a pipe holds, or nobody would notice that it is broken.
  site.tool("ask", "head -c 400000 /dev/zero");
  site.host("h1", "\"$@\" | head -c 450000; kill -9 $$");
  const auto visits = site.visit({.questions = {ask_npu("one", {"ask"})}});
  EXPECT_EQ(visits[0].state, Visit::State::kDied) << visits[0].detail.en;
  EXPECT_EQ(visits[0].answers.size(), 1U);
  EXPECT_LT(visits[0].seconds, 6);
}

TEST(CollectHosts, AHostWithoutAFolderToWriteToSaysSo) {
  FakeSite site;
  site.tool("mkfifo", "exit 1");
  site.host("h1");
  const auto visits = site.visit({.questions = {ask_host("one", {"true"})}});
  EXPECT_EQ(visits[0].state, Visit::State::kDied);
  EXPECT_THAT(visits[0].detail.en, HasSubstr("no folder can be written to"));
  EXPECT_TRUE(site.left_nothing());
}

TEST(CollectHosts, NoiseInTheMiddleCostsWhatItHits) {
  FakeSite site;
  // Somebody else writes to the same connection all the time, in the middle of lines, too.
  site.host("h1", "( while :; do printf 'noise '; sleep 0.01; done ) & exec \"$@\"");
  site.tool("long", "head -c 300000 /dev/zero | tr '\\0' x");
  site.host("h2");
  const auto visits =
      site.visit({.questions = {ask_npu("long", {"long"}), ask_npu("slow", {"sleep", "0.2"})}});
  for (const int npu : {0, 1}) {
    const Answer* answer = find(visits[0], "long", npu);
    EXPECT_TRUE(answer == nullptr || answer->out == std::string(300000, 'x'));
  }
  EXPECT_EQ(visits[1].state, Visit::State::kAnswered);
  EXPECT_TRUE(site.left_nothing()) << testing::PrintToString(site.processes());
}

TEST(CollectHosts, AFloodBeforeTheAnswersIsPassedOver) {
  FakeSite site;
  site.host("h1",
            "head -c 100000000 /dev/zero; head -c 1000000 /dev/zero >&2; exec "
            "\"$@\"")
      .access.time_limit = 60;  // sanitizers are slow
  const auto visits = site.visit({.questions = {ask_host("one", {"echo", "one"})}});
  ASSERT_EQ(visits[0].state, Visit::State::kAnswered) << visits[0].detail.en;
  EXPECT_EQ(find(visits[0], "one")->out, "one\n");
}

TEST(CollectHosts, ALoginThatHangsIsToldFromAHostThatStopsAnswering) {
  FakeSite site;
  site.host("login", "echo Welcome; exec sleep 60").access.time_limit = 1;
  site.host("inside").access.time_limit = 1;
  const auto visits = site.visit({.questions = {ask_host("one", {"sleep", "50"}, 60)}});
  EXPECT_EQ(visits[0].state, Visit::State::kHung);
  EXPECT_THAT(visits[0].detail.en, HasSubstr("there was no shell"));
  EXPECT_EQ(visits[1].state, Visit::State::kHung);
  EXPECT_THAT(visits[1].detail.en, HasSubstr("not all answered"));
  EXPECT_TRUE(site.left_nothing()) << testing::PrintToString(site.processes());
}

TEST(CollectHosts, EachIsWhatItIsAndNoneHoldsUpTheOthers) {
  FakeSite site;
  site.host("good");
  site.host("refused", "echo 'connect to host refused: Connection refused' >&2; exit 255");
  site.host("hangs", "exec sleep 60").access.time_limit = 1;
  site.host("mute", "exit 0");
  site.host("junk", "head -c 100000 /dev/urandom");
  const auto visits =
      site.visit({.questions = {ask_host("one", {"sh", "-c", "sleep 2; echo one"})}});
  ASSERT_EQ(visits.size(), 5U);
  EXPECT_EQ(visits[0].state, Visit::State::kAnswered) << visits[0].detail.en;
  EXPECT_EQ(visits[1].state, Visit::State::kUnreachable);
  EXPECT_THAT(visits[1].detail.en, HasSubstr("Connection refused"));
  EXPECT_EQ(visits[2].state, Visit::State::kHung);
  EXPECT_EQ(visits[3].state, Visit::State::kNonsense);
  EXPECT_EQ(visits[4].state, Visit::State::kNonsense);
  EXPECT_LT(visits[2].seconds, 4);
}

TEST(CollectHosts, DyingInTheMiddleKeepsWhatArrived) {
  FakeSite site;
  site.tool("suicide", "kill -9 $(cat \"$TMPDIR/../pid\")");
  site.host("h1", "echo $$ >\"$TMPDIR/../pid\"; exec \"$@\"");
  // Questions of NPU 0 come in before the host's shell is killed from the chain of NPU 1.
  site.tool("ask", "[ \"$1\" = 0 ] || { sleep 1; suicide; }; echo $1");
  const auto visits = site.visit({.questions = {ask_npu("ask", {"ask", "{npu}"})}});
  EXPECT_EQ(visits[0].state, Visit::State::kDied) << visits[0].detail.en;
  ASSERT_NE(find(visits[0], "ask", 0), nullptr);
  EXPECT_EQ(find(visits[0], "ask", 0)->out, "0\n");
  EXPECT_EQ(find(visits[0], "ask", 1), nullptr);
}

TEST(CollectHosts, AProgramThatIsMissingIsUnreachableWithTheReason) {
  FakeSite site;
  site.host("h1").access.command = {"/no/such/kubectl"};
  const auto visits = site.visit({.questions = {ask_host("one", {"true"})}});
  EXPECT_EQ(visits[0].state, Visit::State::kUnreachable);
  EXPECT_THAT(visits[0].detail.en, HasSubstr("/no/such/kubectl"));
}

TEST(CollectHosts, ManyHostsThroughFewPlaces) {
  FakeSite site;
  for (int i = 0; i < 40; ++i) site.host("h" + std::to_string(i));
  std::size_t told = 0;
  CollectOptions options{.forks = 6};
  options.on_visit = [&](const Visit&, std::size_t done, std::size_t total) {
    EXPECT_EQ(done, ++told);
    EXPECT_EQ(total, 40U);
  };
  const auto visits = site.visit(
      {.questions = {ask_host("one", {"echo", "one"}), ask_npu("two", {"echo", "{npu}"})}},
      options);
  for (const Visit& visit : visits) {
    EXPECT_EQ(visit.state, Visit::State::kAnswered) << visit.host << ": " << visit.detail.en;
    EXPECT_EQ(visit.answers.size(), 3U);
  }
  EXPECT_EQ(told, 40U);
  EXPECT_TRUE(site.left_nothing());
}

TEST(CollectHosts, AnInterruptStopsEverything) {
  FakeSite site;
  for (int i = 0; i < 3; ++i) site.host("h" + std::to_string(i));
  const std::atomic<bool> interrupted{true};
  CollectOptions options{.forks = 2};
  options.interrupted = &interrupted;
  const auto visits = site.visit({.questions = {ask_host("one", {"sleep", "30"}, 60)}}, options);
  ASSERT_EQ(visits.size(), 3U);
  for (const Visit& visit : visits) {
    EXPECT_NE(visit.state, Visit::State::kAnswered);
    EXPECT_THAT(visit.detail.en, HasSubstr("interrupted")) << visit.host;
  }
  EXPECT_TRUE(site.left_nothing()) << testing::PrintToString(site.processes());
}

// The look at the interrupt may be due in the very moment in which the last host ends: it must not
// go on looking when nobody is there any more.
TEST(CollectHosts, EndsThoughALookAtTheInterruptIsDue) {
  FakeSite site;
  for (int i = 0; i < 4; ++i) site.host("h" + std::to_string(i));
  std::atomic<bool> interrupted{false}, ended{false};
  CollectOptions options{.later_turns = true};
  options.interrupted = &interrupted;
  options.on_answers = [](std::size_t) {
    std::this_thread::sleep_for(std::chrono::milliseconds(110));
  };
  std::thread rescue([&] {
    for (int i = 0; i < 300 && !ended; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    interrupted = true;
  });
  for (int round = 0; round < 5; ++round)
    site.visit({.questions = {ask_host("one", {"echo", "1"}), ask_npu("two", {"echo", "2"})}},
               options);
  EXPECT_FALSE(interrupted) << "it ended only when it was interrupted";
  ended = true;
  rescue.join();
}

TEST(CollectHosts, SecretsAreRedactedBeforeAnythingIsKept) {
  FakeSite site;
  site.host("h1");
  const auto visits =
      site.visit({.questions = {ask_host(
                      "one", {"echo", "http_proxy=http://me:hunter2@proxy:80 token=abc123"})}});
  EXPECT_EQ(find(visits[0], "one")->out,
            "http_proxy=http://me:[redacted]@proxy:80 token=[redacted]\n");
}

TEST(CollectHosts, TheClockIsReadAndItsDoubtKnown) {
  FakeSite site;
  site.tool("date",
            "[ \"$1\" = '+%s.%N' ] && { echo 1700000000.250000000; exit; }; exec /bin/date \"$@\"");
  site.host("h1");
  const auto visits = site.visit({.questions = {ask_host("one", {"true"})}});
  EXPECT_DOUBLE_EQ(visits[0].host_time, 1700000000.25);
  EXPECT_GT(visits[0].host_time_seen, visits[0].started);
  EXPECT_GT(visits[0].host_time_error, 0);
  EXPECT_LT(visits[0].host_time_error, 5);
}

}  // namespace
}  // namespace touchstone
