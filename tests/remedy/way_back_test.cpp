// What --fix runs on hosts where there is no way back, or it is blocked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include "tests/remedy/local_hosts.h"

namespace touchstone {
namespace {

using testing::HasSubstr;

class WayBack : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(hosts_.run(lock_command(kTestRun, host(), false)).outcome, Outcome::kDone);
  }
  const Host& host() const { return hosts_.host("node-01"); }
  HostAnswer apply(const NumberedChange& change) {
    return hosts_.run(apply_command(kTestRun, host(), change));
  }
  LocalHosts hosts_{{"node-01"}};
};

// It is as the fix left it, and not half done.
TEST_F(WayBack, ThatIsBlockedIsSaid) {
  const auto change = command_change(hosts_, "node-01", 1,
                                     {{.does = {"touch", hosts_.path("node-01", "etc/a").string()},
                                       .undoes = {"sh", "-c", "echo not allowed >&2; exit 3"}}},
                                     "");
  const HostAnswer made = apply(change);
  ASSERT_EQ(made.outcome, Outcome::kDone) << made.why;
  const HostAnswer back = hosts_.run(undo_command(kTestRun, host(), change, made.was, made.is));
  EXPECT_EQ(back.outcome, Outcome::kFailed);
  EXPECT_THAT(back.why, HasSubstr("could not be taken back"));
  EXPECT_THAT(back.said, HasSubstr("not allowed"));
}

// A copy that is not what was there is none, so nothing is changed.
TEST_F(WayBack, NeedsATrueCopy) {
  const auto file = hosts_.path("node-01", "etc/x"), cat = hosts_.path("bin", "cat");
  hosts_.write(file, "as it was\n");
  hosts_.write(cat, "#!/bin/sh\necho something else\n");
  ::chmod(cat.c_str(), 0755);
  const HostAnswer made = apply(file_change(hosts_, "node-01", 1, "etc/x", "as it was\n", "new\n"));
  EXPECT_EQ(made.outcome, Outcome::kRefused) << made.why;
  EXPECT_THAT(made.why, HasSubstr("no copy of what is there could be kept"));
  EXPECT_EQ(hosts_.read(file), "as it was\n");
}

}  // namespace
}  // namespace touchstone
