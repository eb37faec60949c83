#include <fstream>

#include <gmock/gmock.h>

#include "tests/e2e/cluster.h"

// The endpoints as the master's host asks them, where the controller cannot.
namespace touchstone {
namespace {

std::map<std::string, Verdict> verdicts(const RunRecord& record) {
  std::map<std::string, Verdict> all;
  for (const StepResult& result : record.results)
    all[record.steps[result.step].id] = result.verdict;
  return all;
}

std::string failures(const RunRecord& record) {
  std::string text;
  for (const StepResult& result : record.results)
    for (const Finding& finding : result.findings) text += finding.actual.en + "\n";
  return text;
}

TEST(Endpoints, AreAskedFromTheHostAlike) {
  Cluster cluster;
  cluster.edit_inventory("    hosts:\n", "    endpoint: {from: host}\n    hosts:\n");
  int code = -1;
  const RunRecord healthy = cluster.run("--quiet --chapter 6.4", &code);
  EXPECT_EQ(code, 0) << failures(healthy);
  EXPECT_FALSE(healthy.measurements.empty());
  cluster.fault("chat-half-body");
  const RunRecord broken = cluster.run("--quiet --chapter 6.4");
  EXPECT_EQ(verdicts(broken).at("6.4.2"), Verdict::kFail);
  EXPECT_EQ(verdicts(broken).at("6.4.1"), Verdict::kPass);
  EXPECT_THAT(failures(broken), testing::HasSubstr("in the middle of the answer"));
}

// A recording holds the exchanges, whoever asked them.
TEST(Endpoints, AreJudgedFromARecording) {
  Cluster cluster;
  cluster.fault("stream-half");
  const RunRecord first = cluster.run("--quiet --chapter 6.4");
  const RunRecord again = cluster.run("--quiet --replay " + cluster.last_report());
  EXPECT_EQ(verdicts(first), verdicts(again));
  EXPECT_EQ(first.measurements, again.measurements);
  EXPECT_EQ(verdicts(again).at("6.4.3"), Verdict::kFail);
}

// The token is read by a shell in the container: it is in no command line and in no report.
TEST(Endpoints, TheTokenIsNowhere) {
  for (const std::string from : {"controller", "host"}) {
    Cluster cluster;
    const std::string inside = cluster.dir() + "/hosts/node-02/container/root/token";
    std::ofstream(inside) << "s3cret-T0ken\n";
    const std::string path = from == "host" ? "/root/token" : inside;
    cluster.edit_inventory("    hosts:\n", "    endpoint: {from: " + from +
                                               ", token_file: " + path + "}\n    hosts:\n");
    int code = -1;
    const RunRecord record = cluster.run("--quiet --chapter 6.4", &code);
    EXPECT_EQ(code, 0) << from << failures(record);
    EXPECT_NE(shell("grep -rq s3cret " + cluster.last_report()).code, 0) << from;
  }
}

TEST(Endpoints, WithoutItsTokenNothingIsAskedAndNothingIsSaidOfTheService) {
  Cluster cluster;
  cluster.edit_inventory("    hosts:\n", "    endpoint: {token_file: /none}\n    hosts:\n");
  int code = -1;
  const RunRecord record = cluster.run("--quiet --chapter 6.4", &code);
  EXPECT_EQ(code, 2);
  EXPECT_EQ(verdicts(record).at("6.4.1"), Verdict::kError);
}

}  // namespace
}  // namespace touchstone
