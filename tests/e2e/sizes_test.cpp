#include <set>

#include "tests/e2e/cluster.h"
#include "tests/e2e/sim_faults.h"

// Clusters of all sizes with everything wrong at once, and hosts that misbehave in every way: a
// report all the same.
namespace touchstone {
namespace {

std::size_t count(const RunRecord& record, Verdict verdict) {
  const auto counts = record.counts();
  auto at = counts.find(verdict);
  return at == counts.end() ? 0 : at->second;
}

class AllFaults : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Hosts, AllFaults, testing::Values(1, 2, 64));

// Every fault on a host of its own where there are enough, else on the hosts in turn.
TEST_P(AllFaults, AtOnceGiveAReport) {
  const int hosts = GetParam();
  // Of many hosts the service is not the subject: one machine plays them all. Nor is the ping mesh:
  // groups of eight would ask 23,000 pairs.
  Cluster cluster(hosts, hosts > 8 ? "--group-size 2 --no-service" : "--group-size 8");
  int next = 0;
  for (const SimFault& fault : sim_faults()) {
    if (fault.name == "slow-tool") continue;  // whole minutes of waiting are for the fault matrix
    const int host = next++ % hosts + 1;
    const std::string name = std::string("node-") + (host < 10 ? "0" : "") + std::to_string(host);
    cluster.fault(fault.name + "@" + name);
    // The host that hangs costs its own limit; the others have all the time that a busy machine
    // needs.
    if (fault.name == "hangs")
      cluster.edit_inventory("{name: " + name + ",", "{name: " + name + ", time_limit: 5,");
  }
  int code = -1;
  std::string out;
  // One machine plays all hosts here: as many at once as it can play without their questions timing
  // out.
  const RunRecord record = cluster.run("--forks 8", &code, &out);
  EXPECT_EQ(code, 1) << out;
  EXPECT_TRUE(record.complete);
  EXPECT_EQ(record.hosts.size(), static_cast<std::size_t>(hosts));
  EXPECT_GT(count(record, Verdict::kFail) + count(record, Verdict::kError), 0U);
  for (const StepResult& result : record.results) {
    if (result.verdict == Verdict::kFail) {
      EXPECT_FALSE(result.findings.empty());
    }
    if (result.verdict == Verdict::kError) {
      EXPECT_FALSE(result.reason.en.empty() || result.reason.zh.empty());
    }
    if (result.verdict == Verdict::kBlocked) {
      EXPECT_FALSE(result.blocked_by.empty());
    }
  }
  EXPECT_EQ(shell("xmllint --noout " + cluster.last_report() + "/junit.xml").code, 0);
}

TEST(OneHost, IsTooFewForAnyProfileButJudgedAllTheSame) {
  Cluster cluster(1);
  const RunRecord record = cluster.run("--quiet");
  EXPECT_EQ(result_of(record, "1.1.1", "group group-1").verdict, Verdict::kFail);
  EXPECT_EQ(result_of(record, "3.1.8", "node-01/npu7").verdict, Verdict::kPass);
}

TEST(Misbehaving, HostsCostTheirOwnVerdictsOnly) {
  Cluster cluster(8, "--group-size 8");
  cluster.edit_inventory("  npus: 8\n", "  npus: 8\n  time_limit: 10\n");
  const char* const faults[] = {"unreachable@node-01", "hangs@node-02",    "dies@node-03",
                                "junk@node-04",        "banner@node-05",   "no-timeout@node-06",
                                "no-base64@node-06",   "not-root@node-07", "flood@node-08/2"};
  for (const char* fault : faults) cluster.fault(fault);
  const RunRecord record = cluster.run("--quiet");
  for (const char* host : {"node-01", "node-02", "node-03", "node-04"}) {
    EXPECT_EQ(result_of(record, "0.1", host).verdict, Verdict::kError) << host;
    EXPECT_EQ(result_of(record, "3.1.8", std::string(host) + "/npu3").verdict, Verdict::kBlocked)
        << host;
    EXPECT_EQ(result_of(record, "3.1.8", std::string(host) + "/npu3").blocked_by, "0.1") << host;
  }
  for (const char* host : {"node-05", "node-06"})
    for (const StepResult& result : record.results)
      if (result.target.host == host) {
        EXPECT_EQ(result.verdict, Verdict::kPass)
            << record.steps[result.step].id << " on " << result.target.str();
      }
  EXPECT_EQ(result_of(record, "0.2", "node-07").verdict, Verdict::kFail);
  EXPECT_EQ(result_of(record, "3.1.13", "node-08/npu2").verdict, Verdict::kError);
  EXPECT_EQ(result_of(record, "3.1.13", "node-08/npu3").verdict, Verdict::kPass);
}

}  // namespace
}  // namespace touchstone
