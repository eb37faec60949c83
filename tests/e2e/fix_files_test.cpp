// --fix of files in the container: ~/.bashrc, config.json, permissions of weights and rank table.
#include <gmock/gmock.h>

#include "tests/e2e/cluster.h"

namespace touchstone {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

// Names, kinds, modes, owners, links and contents of all that the hosts have, but for our own
// folder and the processes of the service.
std::string whole_state(const Cluster& cluster) {
  return shell("cd " + cluster.dir() +
               "/hosts && find . -path '*/var/lib/touchstone' -prune -o -path '*/proc' -prune -o "
               "-printf '%p %y %m %u %g %l\\n' | sort; find . -path '*/var/lib/touchstone' -prune "
               "-o -path '*/proc' -prune -o -type f -print0 | sort -z | xargs -0 sha256sum")
      .out;
}

// `step@where` of a verdict.
std::vector<std::string> with_verdict(const RunRecord& record, Verdict verdict) {
  std::vector<std::string> steps;
  for (const StepResult& result : record.results)
    if (result.verdict == verdict) steps.push_back(record.steps[result.step].id);
  return steps;
}

std::string console(const Cluster& cluster, const std::string& out) {
  return out + "\n" + slurp(cluster.last_report() + "/plan.json");
}

struct Row {
  const char* fault;
  const char* steps;  // what is looked at
  std::vector<std::string> fixed;
};

// Fault → fixed, the second run finds nothing to change, undo brings every byte back.
void repair_and_take_back(Cluster& cluster, const Row& row) {
  SCOPED_TRACE(row.fault);
  cluster.fault(row.fault);
  const std::string before = whole_state(cluster);
  std::string out;
  const RunRecord first = cluster.run("--fix --yes " + std::string(row.steps), nullptr, &out);
  const std::string report = cluster.last_report();
  for (const std::string& step : row.fixed)
    EXPECT_THAT(with_verdict(first, Verdict::kFixed), Contains(step)) << console(cluster, out);
  EXPECT_THAT(with_verdict(first, Verdict::kFail), IsEmpty()) << console(cluster, out);
  EXPECT_NE(whole_state(cluster), before);

  const std::string repaired = whole_state(cluster);
  const RunRecord second = cluster.run("--fix --yes " + std::string(row.steps), nullptr, &out);
  EXPECT_THAT(with_verdict(second, Verdict::kFixed), IsEmpty()) << out;
  EXPECT_FALSE(std::filesystem::exists(cluster.last_report() + "/journal.jsonl")) << out;
  EXPECT_EQ(whole_state(cluster), repaired);

  const Ran undo = shell(kTouchstone + " undo " + report + " --yes");
  EXPECT_EQ(undo.code, 0) << undo.out;
  EXPECT_EQ(whole_state(cluster), before) << undo.out;
  const Ran heal = shell(kSim + " heal " + cluster.dir());
  EXPECT_EQ(heal.code, 0) << heal.out;
}

TEST(FixEnvironment, SingleHosts) {
  Cluster cluster;
  for (const Row& row : {Row{"set-env-not-sourced", "--chapter 4.3", {"4.3.1"}},
                         Row{"bashrc-missing", "--chapter 4.3", {"4.3.1", "4.3.2", "4.3.3"}},
                         Row{"variable-missing", "--chapter 4.3", {"4.3.2", "4.3.4"}},
                         Row{"connect-timeout-differs", "--chapter 4.3", {"4.3.4"}}})
    repair_and_take_back(cluster, row);
}

TEST(FixEnvironment, Slips) {
  Cluster cluster;
  for (const Row& row : {Row{"world-size-twice", "--step 4.3.5", {"4.3.5"}},
                         Row{"world-size-twice", "--chapter 4.3", {"4.3.3", "4.3.4", "4.3.5"}},
                         Row{"own-address-blank", "--chapter 4.3", {"4.3.3", "4.3.5", "4.3.6"}},
                         Row{"visible-device-typo", "--chapter 4.3", {"4.3.5"}}})
    repair_and_take_back(cluster, row);
}

TEST(FixEnvironment, WholeGroups) {
  Cluster cluster;
  for (const Row& row : {Row{"connect-timeout-short", "--chapter 4.3", {"4.3.2"}},
                         Row{"world-size-of-one-host", "--chapter 4.3", {"4.3.3"}},
                         Row{"rank-table-variable-new", "--chapter 4.3", {"4.3.3"}},
                         Row{"log-level-as-in-the-guide", "--chapter 4.3", {"4.3.5"}}})
    repair_and_take_back(cluster, row);
}

TEST(FixEnvironment, AnAddressOfAnotherHost) {
  Cluster cluster;
  repair_and_take_back(cluster, {"own-address-copied", "--chapter 4.3", {"4.3.3", "4.3.6"}});
}

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

TEST(FixConfig, SingleHosts) {
  Cluster cluster;
  for (const Row& row : {Row{"config-mode", "--chapter 6.2", {"6.2.1"}},
                         Row{"config-differs", "--chapter 6.2", {"6.2.4"}},
                         // The address is that of ~/.bashrc; 4.3.3 says the same.
                         Row{"own-address-copied", "--chapter 6.2", {"6.2.2"}}})
    repair_and_take_back(cluster, row);
}

TEST(FixConfig, WholeGroups) {
  Cluster cluster;
  for (const Row& row : {Row{"config-tls-on", "--chapter 6.2", {"6.2.2"}},
                         Row{"config-last-key", "--chapter 6.2", {"6.2.2"}},
                         Row{"config-number-as-text", "--chapter 6.2", {"6.2.2"}}})
    repair_and_take_back(cluster, row);
}

TEST(FixConfig, MissingKeysAndWorldSize) {
  Cluster cluster;
  for (const Row& row : {Row{"config-key-misplaced", "--chapter 6.2", {"6.2.2"}},
                         Row{"config-world-size", "--chapter 6.2", {"6.2.2", "6.2.3"}}})
    repair_and_take_back(cluster, row);
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

// Owners of the simulated hosts stand in their state, which whole_state() sees, too.
TEST(FixWeights, ModesAndOwners) {
  Cluster cluster;
  const char* steps = "--step 6.3.1 --step 6.3.2";
  for (const Row& row : {Row{"weights-mode", steps, {"6.3.1"}},
                         Row{"weights-owner", steps, {"6.3.1"}},
                         Row{"rank-table-mode-inside", steps, {"6.3.2"}}})
    repair_and_take_back(cluster, row);
}

}  // namespace
}  // namespace touchstone
