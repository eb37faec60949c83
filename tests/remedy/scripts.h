#pragma once

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "tests/remedy/local_hosts.h"

namespace touchstone {

// What --fix runs on hosts, in a shell that hosts may have (script_test.cpp names them).
class Scripts : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (run_here({"sh", "-c", "command -v " + GetParam()}, "/bin",
                 std::filesystem::temp_directory_path() / "touchstone-try")
            .code != 0)
      GTEST_SKIP() << GetParam() << " is not installed";
    ASSERT_EQ(hosts_.run(lock_command(kTestRun, host(), false)).outcome, Outcome::kDone);
  }
  const Host& host() const { return hosts_.host("node-01"); }
  std::filesystem::path path(const std::string& file) const { return hosts_.path("node-01", file); }
  HostAnswer apply(const NumberedChange& change) {
    return hosts_.run(apply_command(kTestRun, host(), change));
  }
  HostAnswer undo(const NumberedChange& change, const HostAnswer& made) {
    return hosts_.run(undo_command(kTestRun, host(), change, made.was, made.is));
  }
  HostCommand make(const std::string& name) const {
    return {.does = {"touch", path("etc/" + name).string()},
            .undoes = {"rm", path("etc/" + name).string()}};
  }

  LocalHosts hosts_{{"node-01"}, GetParam()};
};

}  // namespace touchstone
