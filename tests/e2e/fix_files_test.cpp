// What --fix leaves alone in the files of the container, and says so.
#include <gmock/gmock.h>

#include "tests/e2e/whole_state.h"

namespace touchstone {
namespace {

using testing::HasSubstr;

TEST(FixEnvironment, WhatNoLineRepairsStaysForAPerson) {
  Cluster cluster;
  cluster.fault("set-env-missing");
  cluster.fault("own-address-down");
  const std::string before = whole_state(cluster);
  std::string out;
  int code = 0;
  cluster.run("--fix --yes --step 4.3.1 --step 4.3.6", &code, &out);
  EXPECT_EQ(code, 1);
  EXPECT_THAT(out, HasSubstr("the script that is missing is not in the container"));
  EXPECT_THAT(out, HasSubstr("service address already"));
  EXPECT_EQ(whole_state(cluster), before);
}

// The master's values are right where hosts differ, but not those of the image's own example. And
// the service is waited for where the configuration as repaired has it.
TEST(FixConfig, ANewContainerOfTheMasterIsNoExample) {
  Cluster cluster;
  const auto config = [&](const char* host) {
    return cluster.dir() + "/hosts/" + host +
           "/container/usr/local/Ascend/mindie/latest/mindie-service/conf/config.json";
  };
  const std::string right = slurp(config("node-01"));
  cluster.fault("container-missing@node-02");
  std::string out;
  int code = -1;
  cluster.run("--fix=service --yes", &code, &out);
  EXPECT_EQ(code, 0) << out;
  EXPECT_EQ(slurp(config("node-01")), right) << "what was right was changed";
  EXPECT_THAT(slurp(config("node-02")), HasSubstr("DeepSeek-R1"));
}

TEST(FixConfig, WhatIsNoJsonStaysForAPerson) {
  for (const char* fault : {"config-comments", "config-comma-missing", "config-key-twice"}) {
    Cluster cluster;
    cluster.fault(fault);
    const std::string before = whole_state(cluster);
    std::string out;
    int code = 0;
    cluster.run("--fix --yes --chapter 6.2", &code, &out);
    EXPECT_EQ(code, 1) << fault;
    EXPECT_THAT(out, HasSubstr("no strict JSON and must be edited by hand: line ")) << fault;
    EXPECT_EQ(whole_state(cluster), before) << fault;
  }
}

}  // namespace
}  // namespace touchstone
