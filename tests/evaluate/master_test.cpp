// Who the master is where the inventory names none: the first in the rank table's order, for every
// step alike. Of two hosts the inventory has the other one first.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/evaluate/evaluate.h"
#include "suites/chapters.h"
#include "suites/fabric_collective.h"
#include "suites/probes.h"
#include "suites/probes_environment.h"
#include "tests/evaluate/answered_hosts.h"

namespace touchstone {
namespace {

using testing::ElementsAre;

template <Chapter (*chapter)()>
class WithoutMaster : public AnsweredHosts {
 protected:
  WithoutMaster() : AnsweredHosts(chapter(), {"slave", "master"}) {
    inventory_.profile.rank_table_order = "descending";
  }
};

using VariablesWithoutMaster = WithoutMaster<environment>;
TEST_F(VariablesWithoutMaster, ItsVariablesAreRight) {
  answer("slave", kShellEnvironment).out = "HOME=/root\nHCCL_BUFFSIZE=100\n";
  answer("master", kShellEnvironment).out = "HOME=/root\nHCCL_BUFFSIZE=200\n";
  EXPECT_THAT(targets_of(judged("4.3.4")), ElementsAre("slave"));
  group().master = "slave";
  EXPECT_THAT(targets_of(judged("4.3.4")), ElementsAre("master"));
}

using RankTableWithoutMaster = WithoutMaster<rank_table>;
TEST_F(RankTableWithoutMaster, ItsRankTableIsRight) {
  for (const char* host : {"slave", "master"})
    answer(host, kRankTableSum).out =
        std::string(64, host[0] == 's' ? '1' : '2') + "  /data/hm/rank_table_file.json\n";
  EXPECT_THAT(targets_of(judged("3.2.3")), ElementsAre("slave"));
}

using FabricWithoutMaster = WithoutMaster<fabric>;
TEST_F(FabricWithoutMaster, ItStartsTheCollective) {
  inventory_.profile.hccl_test = "/opt/all_reduce_test";
  for (Host& host : group().hosts) {
    host.npus = 1;
    answer(host.name, kNpuSmi).out =
        "+---+\n| npu-smi 23.0.6  Version: 23.0.6 |\n+---+\n| NPU Name | Health | Power |\n"
        "| Chip | Bus-Id | HBM-Usage(MB) |\n+===+===+===+\n| 0 910B4 | OK | 98.4 40 0 / 0 |\n"
        "| 0 | 0000:C1:00.0 | 0 0 / 0 3369 / 65536 |\n+===+===+===+\n"
        "| NPU Chip | Process id | Process name | Process memory(MB) |\n+===+===+===+\n"
        "| No running processes found in NPU 0 |\n+===+===+===+\n";
  }
  const auto turns = collective_questions()[0].turns(book(), {"slave", "master"});
  ASSERT_EQ(turns.size(), 1u);
  ASSERT_EQ(turns[0].size(), 1u);
  EXPECT_EQ(turns[0][0].host, "master");
}

TEST_F(FabricWithoutMaster, ReportsNameIt) {
  const std::vector<Chapter> chapters{access()};
  const RunRecord record =
      planned_record(make_plan(chapters, inventory_, {}), chapters, inventory_);
  ASSERT_EQ(record.hosts.size(), 2u);
  EXPECT_FALSE(record.hosts[0].master);
  EXPECT_TRUE(record.hosts[1].master);
}

}  // namespace
}  // namespace touchstone
