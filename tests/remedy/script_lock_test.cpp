// The lock of a host, and the preconditions of the way back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/remedy/scripts.h"

namespace touchstone {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// Only those that hold both ways: a sum of a package need not be right any more.
TEST_P(Scripts, AskThemOnTheWayBackToo) {
  auto change = command_change(hosts_, "node-01", 1, {make("a")}, "");
  const auto unless_busy = [&](const char* name) {
    return std::vector<std::string>{"test", "!", "-e", path(name).string()};
  };
  change.change.guards = {
      {.argv = unless_busy("other"), .otherwise = {}},
      {.argv = unless_busy("busy"), .otherwise = {"忙", "busy"}, .both_ways = true}};
  const HostAnswer made = apply(change);
  ASSERT_EQ(made.outcome, Outcome::kDone) << made.why;
  for (const char* name : {"other", "busy"}) hosts_.write(path(name), "");
  const HostAnswer refused = undo(change, made);
  EXPECT_EQ(refused.outcome, Outcome::kRefused);
  EXPECT_EQ(refused.guard, 2);
  EXPECT_TRUE(fs::exists(path("etc/a")));
  fs::remove(path("busy"));
  EXPECT_EQ(undo(change, made).outcome, Outcome::kDone);
  EXPECT_FALSE(fs::exists(path("etc/a")));
}

TEST_P(Scripts, HoldALockAgainstOthers) {
  const FixRun other{"20261126-000000-00000002", "other@there"};
  const HostAnswer refused = hosts_.run(lock_command(other, host(), false));
  EXPECT_EQ(refused.outcome, Outcome::kRefused);
  EXPECT_THAT(refused.why, HasSubstr("tester@here"));
  // Not even by force: every change looks whether the lock is still its own.
  EXPECT_EQ(
      hosts_
          .run(apply_command(other, host(), command_change(hosts_, "node-01", 1, {make("a")}, "")))
          .outcome,
      Outcome::kRefused);
  EXPECT_TRUE(fs::is_empty(path("etc")));
  EXPECT_EQ(hosts_.run(lock_command(kTestRun, host(), false)).outcome, Outcome::kDone)
      << "our own may be taken again";
  EXPECT_EQ(hosts_.run(release_command(other, host())).outcome, Outcome::kDone);
  EXPECT_TRUE(fs::exists(path("var/lib/touchstone/lock"))) << "nobody releases the lock of another";
  hosts_.run(release_command(kTestRun, host()));
  EXPECT_EQ(hosts_.run(lock_command(other, host(), false)).outcome, Outcome::kDone);
}

// One that no shell holds would end in the midst of a long command; its lines are otherwise as they
// were.
TEST_P(Scripts, KeepTheLockForAsLongAsAChangeMayTake) {
  const std::string lock = path("var/lib/touchstone/lock").string();
  hosts_.write(lock, kTestRun.id + "\ntester@here\n1700000000\n1700000001\n0\n0\n");
  HostCommand lasting = make("a");
  lasting.does = {"sh",
                  "-c",
                  "touch \"$1\"; [ $(($(sed -n 4p \"$2\") - $(date +%s))) -ge 7200 ]",
                  "sh",
                  path("etc/a").string(),
                  lock};
  lasting.seconds = 3600;  // and as much for taking it back
  const auto change = command_change(hosts_, "node-01", 1, {lasting}, "");
  const HostAnswer made = apply(change);
  EXPECT_EQ(made.outcome, Outcome::kDone) << made.why;
  std::istringstream lines(hosts_.read(lock));
  std::string run, who, since;
  lines >> run >> who >> since;
  EXPECT_EQ(run + " " + who + " " + since, kTestRun.id + " tester@here 1700000000");
}

TEST_P(Scripts, TakeOverTheLockOfADeadRun) {
  const FixRun other{"20261126-000000-00000002", "other@there"};
  // Its time is over …
  hosts_.write(path("var/lib/touchstone/lock"),
               kTestRun.id + "\ntester@here\n1700000000\n1700000001\n0\n0\n");
  HostAnswer taken = hosts_.run(lock_command(other, host(), false));
  EXPECT_EQ(taken.outcome, Outcome::kDone) << taken.why;
  EXPECT_THAT(taken.took_over, HasSubstr("its time was over"));
  // … or its connection is: no process has that number since that time.
  hosts_.write(path("var/lib/touchstone/lock"), "x\ntester@here\n1700000000\n99999999999\n" +
                                                    std::to_string(::getpid()) + "\n12345\n");
  taken = hosts_.run(lock_command(kTestRun, host(), false));
  EXPECT_EQ(taken.outcome, Outcome::kDone) << taken.why;
  EXPECT_THAT(taken.took_over, HasSubstr("its connection has ended"));
}

}  // namespace
}  // namespace touchstone
