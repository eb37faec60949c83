// Several faults on several hosts at random, of all that --fix=service repairs and of some that a
// person must: afterwards nothing is left that a program may repair, and nothing has changed that
// was right.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
#include <regex>
#include <set>

#include <gmock/gmock.h>

#include "tests/e2e/fix_rows.h"
#include "tests/e2e/sim_faults.h"
#include "tests/e2e/whole_state.h"

namespace touchstone {
namespace {

using testing::IsEmpty;

// Refused while the service runs, since it breaks RDMA: a person stops it first.
const std::set<std::string> kWithoutService{"gateway-wrong-segment", "gateway-missing",
                                            "ip-not-planned",        "ip-unset",
                                            "hccn-conf-drift",       "hccn-conf-missing"};
constexpr int kHosts = 3;
constexpr int kFaultsAtOnce = 6;

struct Drawn {
  std::string name;
  std::string target;  // "npu", "host", "group", "cluster"
  bool service = false;
  bool repaired = true;
};

std::vector<Drawn> drawable_faults() {
  std::vector<Drawn> faults;
  std::map<std::string, std::string> targets;
  for (const SimFault& fault : sim_faults()) targets[fault.name] = fault.target;
  for (const FixGroup& group : fix_groups())
    for (const FixRow& row : group.rows)
      if (std::string(row.risk) != "disruptive" && group.files.empty())
        faults.push_back({row.fault, targets.at(row.fault), std::string(group.options).empty()});
  for (const char* hands : {"link-down", "lldp-silent", "health-warning", "optical-rx-low",
                            "container-proxy", "shard-missing", "config-comments"})
    faults.push_back({hands, targets.at(hands), false, false});
  return faults;
}

// Of which nobody could tell.
std::set<std::string> errors_of(const RunRecord& record) {
  std::set<std::string> errors;
  for (const StepResult& result : record.results)
    if (result.verdict == Verdict::kError)
      errors.insert(record.steps[result.step].id + " " + result.target.str());
  return errors;
}

// As the hosts were before they were repaired.
RunRecord judged_before(const Cluster& cluster) {
  const std::string folder = cluster.root() + "/before";
  shell(kTouchstone + " run --replay " + cluster.last_report() + "/recording-before --out " +
        folder);
  return run_from_json(slurp(folder + "/run.json"));
}

class RandomFaults : public testing::TestWithParam<unsigned> {
 protected:
  // Those of the service, too, where one is expected.
  void make(Cluster& cluster, bool service) {
    const std::vector<Drawn> faults = drawable_faults();
    ASSERT_GT(faults.size(), 45U);
    for (int made = 0; made < kFaultsAtOnce;) {
      const Drawn& fault = faults[random_() % faults.size()];
      if (fault.service && !service) continue;
      if (service && kWithoutService.contains(fault.name)) continue;
      std::string place = fault.name;
      if (fault.target == "host" || fault.target == "npu")
        place += "@node-0" + std::to_string(1 + random_() % kHosts);
      if (fault.target == "npu") place += "/" + std::to_string(random_() % 8);
      const std::string before = whole_state(cluster);
      const Ran ran = shell(kSim + " fault " + cluster.dir() + " '" + place + "'");
      // One that cannot be made any more, or says what was said already, is drawn anew.
      if (ran.code != 0 || whole_state(cluster) == before) continue;
      ++made;
      repairable_ += fault.repaired;
      if (fault.repaired && *fix_row(fault.name).differs)
        differs_ += std::string(differs_.empty() ? "" : "|") + fix_row(fault.name).differs;
      made_ += place + " ";
    }
  }

  std::mt19937 random_{GetParam()};
  std::string made_;
  std::string differs_;  // lines that the repair of a fault changes by its nature
  int repairable_ = 0;
};

TEST_P(RandomFaults, LeaveNothingThatMayBeRepaired) {
  const bool service = GetParam() % 2 == 0;
  Cluster cluster(kHosts, std::string("--group-size 3") + (service ? "" : " --no-service"));
  const std::string healthy = whole_state(cluster);
  ASSERT_NO_FATAL_FAILURE(make(cluster, service));
  SCOPED_TRACE("seed " + std::to_string(GetParam()) + ": " + made_);
  std::cout << "seed " << GetParam() << ": " << made_ << "\n";
  const std::string broken = whole_state(cluster);
  std::string out;
  const RunRecord record = cluster.run("--fix=service --yes", nullptr, &out);
  int repaired = 0;
  for (const Repair& repair : record.repairs) repaired += repair.outcome == "done";
  EXPECT_GE(repaired, std::min(repairable_, 1)) << out;
  for (const StepResult& result : record.results) {
    const StepInfo& step = record.steps[result.step];
    EXPECT_FALSE(result.broke) << step.id << " " << result.target.str();
    if (result.verdict != Verdict::kFail) continue;
    EXPECT_TRUE(step.risk == Risk::kHands || step.risk == Risk::kDisruptive)
        << step.id << " " << result.target.str() << "\n"
        << out;
  }
  std::set<std::string> errors = errors_of(record);
  for (const std::string& before : errors_of(judged_before(cluster))) errors.erase(before);
  EXPECT_THAT(errors, IsEmpty()) << out;
  std::set<std::string> changed = changed_although_right(healthy, broken, whole_state(cluster));
  if (!differs_.empty())
    std::erase_if(changed, [differs = std::regex(differs_)](const std::string& line) {
      return std::regex_search(line, differs);
    });
  EXPECT_THAT(changed, IsEmpty()) << out;
}

// More of them by hand: TOUCHSTONE_SEEDS=100.
unsigned seeds() {
  const char* more = std::getenv("TOUCHSTONE_SEEDS");
  return more ? static_cast<unsigned>(std::max(1, std::atoi(more))) : 4;
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomFaults, testing::Range(1U, seeds() + 1));

}  // namespace
}  // namespace touchstone
