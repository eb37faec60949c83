#include <map>
#include <set>

#include <gmock/gmock.h>

#include "tests/e2e/both_languages.h"
#include "tests/e2e/cluster.h"
#include "tests/e2e/sim_faults.h"

// Every step × each of its faults: the fault is found by that step, on the right host and NPU, and
// by no step outside what the fault declares; the healthy cluster has no finding.
namespace touchstone {
namespace {

bool wrong(Verdict verdict) {
  return verdict == Verdict::kFail || verdict == Verdict::kError;
}

// What is wrong in a record, for messages.
std::string wrongs(const RunRecord& record) {
  std::string text;
  for (const StepResult& result : record.results) {
    if (!wrong(result.verdict)) continue;
    text += record.steps[result.step].id + " on " + result.target.str() + ": " +
            std::string(name_of(result.verdict)) + " " + result.reason.en;
    for (const Finding& finding : result.findings)
      text += " [" + finding.target + ": " + finding.expected.en + " / " + finding.actual.en + "]";
    text += "\n";
  }
  return text;
}

class FaultMatrix : public testing::TestWithParam<SimFault> {};
INSTANTIATE_TEST_SUITE_P(Faults, FaultMatrix, testing::ValuesIn(sim_faults()),
                         [](const auto& info) {
                           std::string name = info.param.name;
                           for (char& c : name) c = c == '-' ? '_' : c;
                           return name;
                         });

// The fault is made on the second host, so that "the first one" cannot be right by chance. That is
// the master, whose rank table and weights are what the others are compared with: those must differ
// elsewhere.
std::string host_of(const SimFault& fault) {
  static const std::set<std::string> kOfSlave{"rank-table-differs", "index-differs",
                                              "connect-timeout-differs", "config-differs",
                                              "shard-longer"};
  return kOfSlave.contains(fault.name) ? "node-01" : "node-02";
}

std::string place_of(const SimFault& fault) {
  if (fault.target == "npu") return "@" + host_of(fault) + "/5";
  return "@" + (fault.target == "host" ? host_of(fault) : std::string("node-01"));
}

bool names(const StepResult& result, const SimFault& fault) {
  if (fault.target == "group" || fault.target == "cluster") return true;
  const std::string host = host_of(fault), npu = host + "/npu5";
  if (result.target.host == host &&
      (result.target.npu < 0 || fault.target == "host" || result.target.npu == 5))
    return true;
  // A comparison names the odd one out, or one of a pair that collide.
  for (const Finding& finding : result.findings)
    if (finding.target == npu || finding.target == host ||
        finding.actual.en.find(npu) != std::string::npos ||
        (fault.target == "host" && finding.target.starts_with(host)))
      return true;
  return result.reason.en.find(host) != std::string::npos;
}

TEST_P(FaultMatrix, IsFoundByItsStepAndByNoOther) {
  const SimFault& fault = GetParam();
  // A collective is measured while nobody uses the NPUs.
  Cluster cluster(2, fault.step == "3.1.16" ? "--no-service" : "");
  cluster.fault(fault.name + place_of(fault));
  if (fault.name == "hangs") cluster.edit_inventory("  npus: 8\n", "  npus: 8\n  time_limit: 3\n");
  int code = -1;
  const RunRecord record = cluster.run("--quiet", &code);
  expect_both_languages(record);
  if (fault.step == "-") {
    EXPECT_EQ(code, 0) << "a harmless variant: " << wrongs(record);
    return;
  }
  EXPECT_NE(code, 0);
  std::set<std::string> found;
  for (const StepResult& result : record.results) {
    const std::string& id = record.steps[result.step].id;
    if (wrong(result.verdict)) {
      found.insert(id);
      // Reports fill in {npu}; a person cannot type any other placeholder.
      EXPECT_EQ(record.steps[result.step].command.find("{sysroot}"), std::string::npos) << id;
      EXPECT_TRUE(names(result, fault)) << id << " on " << result.target.str() << "\n"
                                        << wrongs(record);
    }
    if (result.verdict == Verdict::kBlocked) {
      EXPECT_TRUE(result.blocked_by == fault.step || fault.also_fails.contains(result.blocked_by))
          << id << " is blocked by " << result.blocked_by;
    }
  }
  // Comparisons cannot be made without a host: they are errors that name it.
  std::set<std::string> expected = fault.also_fails;
  expected.insert(fault.step);
  if (fault.step == "0.1")
    for (const StepInfo& step : record.steps)
      // Those of 6.4 compare nothing: they are about the master, and blocked with it.
      if ((step.scope == "group" || step.scope == "cluster") && step.id != "1.1.1" &&
          step.chapter != "6.4" && step.id != "3.1.16")
        expected.insert(step.id);
  EXPECT_EQ(found, expected) << wrongs(record);
}

// Of two hosts that differ neither is "most": the one that is not as the profile or the master has
// it is named.
TEST(OfTwoThatDiffer, TheWrongOneIsNamed) {
  const std::pair<const char*, const char*> cases[] = {{"tls-differs", "3.1.9"},
                                                       {"driver-old", "2.1.3"},
                                                       {"firmware-old", "2.1.3"},
                                                       {"rank-table-differs", "3.2.3"}};
  for (const auto& [fault, step] : cases) {
    Cluster cluster;
    cluster.fault(std::string(fault) + "@node-01");
    const RunRecord record = cluster.run("--quiet");
    for (const StepResult& result : record.results) {
      if (record.steps[result.step].id != step) continue;
      EXPECT_EQ(result.verdict, Verdict::kFail) << fault;
      for (const Finding& finding : result.findings)
        EXPECT_TRUE(finding.target.starts_with("node-01")) << fault << ": " << finding.target;
    }
  }
}

TEST(HealthyCluster, HasNoFinding) {
  for (int hosts : {2, 5}) {
    Cluster cluster(hosts);
    int code = -1;
    const RunRecord record = cluster.run("--quiet", &code);
    EXPECT_EQ(code, 0) << wrongs(record);
    EXPECT_TRUE(record.simulated);
    for (const StepResult& result : record.results)
      EXPECT_EQ(result.verdict,
                record.steps[result.step].id == "3.1.16" ? Verdict::kNotApplicable : Verdict::kPass)
          << record.steps[result.step].id << " on " << result.target.str();
    EXPECT_EQ(record.answers, record.questions);
  }
}

TEST(HealthyCluster, RunsTheCollectiveWhereItIsAskedFor) {
  Cluster cluster(2, "--no-service");
  int code = -1;
  const std::string options =
      "--quiet --step 3.1.16 --collective /opt/hccl_test/bin/all_reduce_test";
  RunRecord record = cluster.run(options, &code);
  EXPECT_EQ(code, 0) << wrongs(record);
  ASSERT_EQ(record.results.size(), 1U);
  EXPECT_EQ(record.results[0].verdict, Verdict::kPass);
  cluster.fault("hbm-held@node-02/5");
  record = cluster.run(options, &code);
  EXPECT_EQ(record.results.back().verdict, Verdict::kBlocked) << "somebody uses an NPU";
  EXPECT_EQ(record.results.back().blocked_by, "1.1.5");
}

TEST(Faults, EveryStepHasOne) {
  Cluster cluster;
  std::set<std::string> steps, faulty;
  for (const StepInfo& step : cluster.run("--quiet").steps) steps.insert(step.id);
  for (const SimFault& fault : sim_faults()) faulty.insert(fault.step);
  faulty.erase("-");
  EXPECT_EQ(steps, faulty);
}

}  // namespace
}  // namespace touchstone
