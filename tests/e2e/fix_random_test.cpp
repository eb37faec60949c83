// Several faults on several hosts at random.
#include <random>

#include <gmock/gmock.h>

#include "tests/e2e/whole_state.h"

namespace touchstone {
namespace {

using testing::IsEmpty;

// Several faults on several hosts at random: afterwards nothing is left that a program may repair,
// and nothing has changed that was right.
class RandomFaults : public testing::TestWithParam<unsigned> {};

TEST_P(RandomFaults, LeaveNothingThatMayBeRepaired) {
  static const char* const kFaults[] = {"tls-on",
                                        "netdetect-unset",
                                        "rank-table-missing",
                                        "rank-table-mode",
                                        "rank-id-gap",
                                        "runc-owner",
                                        "mainpid-lost",
                                        "docker-disabled",
                                        "ip-not-planned",
                                        "gateway-wrong-segment",
                                        "config-mode",
                                        "variable-missing",
                                        "world-size-twice",
                                        "config-tls-on",
                                        "link-down",
                                        "lldp-silent",
                                        "health-warning"};
  std::mt19937 random(GetParam());
  Cluster cluster(3, "--no-service --group-size 3");
  const std::string healthy = whole_state(cluster);
  std::string made;
  for (int i = 0; i < 6; ++i) {
    const std::string fault = kFaults[random() % std::size(kFaults)];
    const std::string host = "node-0" + std::to_string(1 + random() % 3);
    // Where a fault is of another kind of target (a group's), the simulator takes it as it is.
    if (shell(kSim + " fault " + cluster.dir() + " '" + fault + "@" + host + "'").code == 0)
      made += fault + "@" + host + " ";
  }
  SCOPED_TRACE(made);
  const std::string broken = whole_state(cluster);
  std::string out;
  const RunRecord record = cluster.run("--fix=service --yes", nullptr, &out);
  for (const StepResult& result : record.results) {
    const StepInfo& step = record.steps[result.step];
    EXPECT_FALSE(result.broke) << step.id << " " << result.target.str();
    if (result.verdict != Verdict::kFail) continue;
    EXPECT_TRUE(step.risk == Risk::kHands || step.risk == Risk::kDisruptive)
        << step.id << " " << result.target.str() << "\n"
        << out;
  }
  EXPECT_THAT(changed_although_right(healthy, broken, whole_state(cluster)), IsEmpty()) << out;
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomFaults, testing::Range(1U, 5U));

}  // namespace
}  // namespace touchstone
