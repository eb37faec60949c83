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

// A setting that a tool keeps in a file that others have mounted. The tool writes it at the end.
class InPlace : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (run_here({"sh", "-c", "command -v " + GetParam()}, "/bin", hosts_.path("bin", "found"))
            .code != 0)
      GTEST_SKIP() << GetParam() << " is not installed";
    ASSERT_EQ(hosts_.run(lock_command(kTestRun, hosts_.host("node-01"), false)).outcome,
              Outcome::kDone);
  }
  std::string file() const { return hosts_.path("node-01", "etc/hccn.conf").string(); }
  ino_t inode() const {
    struct stat info {};
    ::stat(file().c_str(), &info);
    return info.st_ino;
  }
  // Sets a key as the tool does, in place; the state is what the tool tells of it.
  HostCommand tool(const std::string& key, const std::string& now, const std::string& before) {
    const auto set = [&](const std::string& value) {
      return std::vector<std::string>{
          "sh", "-c", "t=$(grep -v \"^$1=\" \"$2\"); printf '%s\n' \"$t\" \"$1=$3\" >\"$2\"",
          "sh", key,  file(),
          value};
    };
    return {.does = set(now), .undoes = set(before)};
  }
  NumberedChange change(std::vector<HostCommand> commands, const std::string& key,
                        const std::string& was) {
    NumberedChange one = command_change(hosts_, "node-01", 1, std::move(commands), was);
    one.change.reads = {"sh", "-c", "grep \"^$1=\" \"$2\" || echo $1=0.0.0.0", "sh", key, file()};
    one.change.rewrites = file();
    return one;
  }
  HostAnswer apply(const NumberedChange& one) {
    return hosts_.run(apply_command(kTestRun, hosts_.host("node-01"), one));
  }
  HostAnswer undo(const NumberedChange& one, const HostAnswer& made, long file_limit = 0) {
    return hosts_.run(undo_command(kTestRun, hosts_.host("node-01"), one, made.was, made.is),
                      file_limit);
  }
  LocalHosts hosts_{{"node-01"}, GetParam()};
};

INSTANTIATE_TEST_SUITE_P(Shells, InPlace, testing::Values("dash", "bash", "busybox"));

TEST_P(InPlace, LinesComeBackInTheirOrder) {
  const std::string before = "address_0=1\ntls_enable_0=1\n# as it was\ngateway_0=2\n";
  hosts_.write(file(), before);
  const ino_t same = inode();
  const auto one = change({tool("tls_enable_0", "0", "1")}, "tls_enable_0", "tls_enable_0=1");
  const HostAnswer made = apply(one);
  ASSERT_EQ(made.outcome, Outcome::kDone) << made.why << made.said;
  EXPECT_EQ(undo(one, made).outcome, Outcome::kDone);
  EXPECT_EQ(hosts_.read(file()), before);
  EXPECT_EQ(inode(), same);
}

// The tool can write that none is set, and not that there was no line; the last one had no end.
TEST_P(InPlace, ALineThatWasNotThereGoes) {
  const std::string before = "address_0=1\ngateway_0=2";
  hosts_.write(file(), before);
  const ino_t same = inode();
  const auto one =
      change({tool("netdetect_0", "9", "0.0.0.0")}, "netdetect_0", "netdetect_0=0.0.0.0");
  const HostAnswer made = apply(one);
  ASSERT_EQ(made.outcome, Outcome::kDone) << made.why << made.said;
  EXPECT_EQ(undo(one, made).outcome, Outcome::kDone);
  EXPECT_EQ(hosts_.read(file()), before);
  EXPECT_EQ(inode(), same);
}

// Somebody has set something else since: that is not lost for the sake of an order.
TEST_P(InPlace, WhatOthersHaveSetStays) {
  hosts_.write(file(), "tls_enable_0=1\naddress_0=1\n");
  const auto one = change({tool("tls_enable_0", "0", "1")}, "tls_enable_0", "tls_enable_0=1");
  const HostAnswer made = apply(one);
  ASSERT_EQ(made.outcome, Outcome::kDone) << made.why << made.said;
  hosts_.write(file(), "address_0=7\ntls_enable_0=0\n");
  EXPECT_EQ(undo(one, made).outcome, Outcome::kDone);
  EXPECT_EQ(hosts_.read(file()), "address_0=7\ntls_enable_0=1\n");
}

// What was there before is longer, and there is no room for it.
TEST_P(InPlace, AFullDiskLosesNoSetting) {
  std::string before = "first_0=1\n";
  while (before.size() < 20'000) before += "address_" + std::to_string(before.size()) + "=1\n";
  const std::string now = before.substr(0, before.find('\n', 8000) + 1) + "first_0=2\n";
  hosts_.write(file(), before);
  hosts_.write(file() + ".now", now);
  auto one =
      change({{.does = {"cp", file() + ".now", file()},
               .undoes = {"sh", "-c",
                          "exec sh -c \"$TOUCHSTONE_IN_PLACE\" sh \"$TOUCHSTONE_SAVED\" \"$1\"",
                          "sh", file()}}},
             "first_0", "first_0=1");
  one.change.reads = {"tail", "-n", "1", file()};
  one.change.was = before.substr(before.rfind('\n', before.size() - 2) + 1);
  const HostAnswer made = apply(one);
  ASSERT_EQ(made.outcome, Outcome::kDone) << made.why << made.said;
  // The file that the fix left fits into 16 blocks, what was there before does not.
  const HostAnswer full = undo(one, made, 16);
  EXPECT_EQ(full.outcome, Outcome::kFailed) << full.why;
  EXPECT_THAT(full.said, HasSubstr("no room"));
  EXPECT_EQ(hosts_.read(file()), now);
  EXPECT_EQ(undo(one, made).outcome, Outcome::kDone);
  EXPECT_EQ(hosts_.read(file()), before);
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
