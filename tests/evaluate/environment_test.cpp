// What chapter 4.3 makes of variables: the parts that need no evidence, as 6.3.3 uses them, too.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "suites/environment_rules.h"
#include "suites/misspelling.h"

namespace touchstone {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Profile profile() {
  Profile profile;
  profile.mindie = ">=2.0.T3,<2.0.T4";
  profile.environment = {{"HCCL_CONNECT_TIMEOUT", "120..7200"}, {"ATB_LOG_LEVEL", "ERROR"}};
  return profile;
}

Group group() {
  Group group{.name = "g", .rank_table = "/data/r.json"};
  group.hosts = {{.name = "a", .service_address = "10.0.0.1"},
                 {.name = "b", .service_address = "10.0.0.2"}};
  return group;
}

std::vector<std::string> told(const std::vector<VariableProblem>& problems) {
  std::vector<std::string> texts;
  for (const auto& one : problems) texts.push_back(one.expected + " / " + one.actual.en);
  return texts;
}

TEST(Environment, DocumentedValues) {
  EXPECT_THAT(
      check_documented({{"HCCL_CONNECT_TIMEOUT", "120"}, {"ATB_LOG_LEVEL", "ERROR"}}, profile()),
      IsEmpty());
  EXPECT_THAT(
      check_documented({{"HCCL_CONNECT_TIMEOUT", "120"}, {"ATB__LOG_LEVEL", "ERROR"}}, profile()),
      IsEmpty());
  EXPECT_THAT(told(check_documented({{"HCCL_CONNECT_TIMEOUT", "60"}}, profile())),
              ElementsAre("ATB_LOG_LEVEL=ERROR / ATB_LOG_LEVEL is not set",
                          "HCCL_CONNECT_TIMEOUT=120..7200 / HCCL_CONNECT_TIMEOUT=60"));
}

TEST(Environment, ValuesOfTheInventory) {
  const Group g = group();
  Variables right{
      {"WORLD_SIZE", "16"}, {"MIES_CONTAINER_IP", "10.0.0.2"}, {"RANKTABLEFILE", "/data/r.json"}};
  EXPECT_THAT(check_own(right, g, g.hosts[1], profile()), IsEmpty());
  EXPECT_THAT(told(check_own(right, g, g.hosts[0], profile())),
              ElementsAre("MIES_CONTAINER_IP=10.0.0.1 / MIES_CONTAINER_IP=10.0.0.2"));
  right["WORLD_SIZE"] = "8";
  const auto size = check_own(right, g, g.hosts[1], profile());
  ASSERT_EQ(size.size(), 1u);
  EXPECT_THAT(size[0].why.en, HasSubstr("counts the NPUs of all servers"));
}

TEST(Environment, TheRankTablesNameFollowsTheVersion) {
  const std::pair<const char*, const char*> rows[] = {{"1.0.T71.B020", "RANKTABLEFILE"},
                                                      {">=2.0.T3,<2.0.T4", "RANKTABLEFILE"},
                                                      {"2.0.rc2", "RANKTABLEFILE"},
                                                      {"2.1.rc1", "RANK_TABLE_FILE"},
                                                      {">=2.2", "RANK_TABLE_FILE"}};
  for (const auto& [version, name] : rows) {
    Profile newer = profile();
    newer.mindie = version;
    EXPECT_EQ(rank_table_variable(newer), name) << version;
  }
  const Group g = group();
  Profile newer = profile();
  newer.mindie = "2.1.rc1";
  const auto problems = check_own(
      {{"WORLD_SIZE", "16"}, {"MIES_CONTAINER_IP", "10.0.0.1"}, {"RANKTABLEFILE", "/data/r.json"}},
      g, g.hosts[0], newer);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].actual.en, "RANK_TABLE_FILE is not set; RANKTABLEFILE is");
}

// One table: what a misspelling is measured by, what baselines keep, and what hosts share.
TEST(Environment, WhatTheGuideNamesIsSharedButForTheOwnAddress) {
  const std::set<std::string> known = known_variables(profile());
  for (const char* name : {"WORLD_SIZE", "MASTER_IP", "OMP_NUM_THREADS",
                           "ASCEND_RT_VISIBLE_DEVICES", "HCCL_OP_EXPANSION_MODE"})
    EXPECT_TRUE(known.contains(name)) << name;
  for (const std::string& name : known)
    EXPECT_EQ(is_shared_variable(name, profile()), name != "MIES_CONTAINER_IP") << name;
}

TEST(Environment, WhatIsShared) {
  EXPECT_TRUE(is_shared_variable("HCCL_OP_EXPANSION_MODE", profile()));
  EXPECT_FALSE(is_shared_variable("MIES_CONTAINER_IP", profile()));
  EXPECT_FALSE(is_shared_variable("HOSTNAME", profile()));
}

TEST(Misspelling, NamesWhatWasMeant) {
  const std::set<std::string> known{"ATB_LOG_LEVEL", "ASCEND_RT_VISIBLE_DEVICES", "RANKTABLEFILE",
                                    "RANK_TABLE_FILE", "WORLD_SIZE"};
  EXPECT_EQ(meant_by("ATB__LOG_LEVEL", known), "ATB_LOG_LEVEL");
  EXPECT_EQ(meant_by("ASCEND_RT_VISIBLE_DEVICE", known), "ASCEND_RT_VISIBLE_DEVICES");
  EXPECT_EQ(meant_by("WROLD_SIZE", known), "WORLD_SIZE");
  EXPECT_EQ(meant_by("WORLD_SIZES", known), "WORLD_SIZE");
  for (const char* own : {"RANKTABLEFILE", "RANK_TABLE_FILE", "ATB_LOG_TO_STDOUT", "PATH", "WORLD",
                          "ASDOPS_LOG_LEVEL", "LOCAL_WORLD_SIZE"})
    EXPECT_EQ(meant_by(own, known), "") << own;
}

}  // namespace
}  // namespace touchstone
