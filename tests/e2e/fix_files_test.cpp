// What --fix leaves alone in the files of the container, and says so.
#include <gmock/gmock.h>

#include "tests/e2e/whole_state.h"

namespace touchstone {
namespace {

using testing::HasSubstr;
using testing::Not;

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

// The new container has the image's example of a configuration, which names no weights that are
// there: that is not this chapter's to repair, and no reason to stop the service of the other host.
TEST(FixService, IsNotStoppedForAHostWithoutWeights) {
  Cluster cluster;
  cluster.fault("container-shm-small@node-01");
  std::string out;
  int code = -1;
  const RunRecord record =
      cluster.run("--fix=disruptive --yes --chapter 4.2 --chapter 6.3", &code, &out);
  EXPECT_EQ(code, 1) << out;
  ASSERT_FALSE(record.repairs.empty()) << out;
  for (const Repair& repair : record.repairs)
    EXPECT_THAT(repair.what.en, Not(HasSubstr("mindieservice_daemon"))) << out;
  EXPECT_EQ(result_of(record, "6.3.3", "node-02").verdict, Verdict::kPass) << out;
  cluster.run("--plan=disruptive --chapter 6.3", nullptr, &out);
  EXPECT_THAT(out, HasSubstr("node-01 does not have the weights that its config.json names"));
}

TEST(FixService, IsNotStoppedForAHostWithoutAConfiguration) {
  Cluster cluster;
  cluster.fault("config-comments@node-01");
  cluster.fault("debug-on@node-02");
  std::string out;
  const RunRecord record = cluster.run("--fix=service --yes --step 6.3.5", nullptr, &out);
  EXPECT_TRUE(record.repairs.empty()) << out;
  EXPECT_THAT(out, HasSubstr("the config.json of node-01 cannot be read"));
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
