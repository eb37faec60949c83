#include "reports/diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/reports/golden.h"
#include "tests/reports/samples.h"

namespace touchstone {
namespace {

using testing::HasSubstr;

std::vector<std::string> lines_of(const RunRecord& a, const RunRecord& b) {
  std::vector<std::string> all;
  for (const Moved& one : moved_between(a, b).moved) {
    all.push_back(one.what + " " + one.from + "->" + one.to);
    for (const std::string& target : one.targets) all.back() += " " + target;
  }
  return all;
}

TEST(Diff, ARunDoesNotDifferFromItself) {
  for (const RunRecord& record : {samples::healthy(), samples::mixed(), samples::hostile()})
    EXPECT_THAT(lines_of(record, record), testing::IsEmpty());
  EXPECT_THAT(moved_text(moved_between(samples::healthy(), samples::healthy()), Language::kEn),
              HasSubstr("What moved since the run of lab.north 2026-02-25T06:13:20Z\n  Nothing "
                        "moved.\n"));
}

TEST(Diff, TellsWhatMovedOnce) {
  const RunRecord a = samples::healthy();
  RunRecord b = a;
  b.versions["driver"] = "25.0";
  b.versions.erase("firmware");  // was not asked
  b.hosts[1].address = "10.9.9.9";
  b.npus[3].facts["switch_port"] = "100GE9/0/1";
  b.npus[3].facts["hbm"] = "9/65536 MB";  // nobody moved it
  for (int npu : {8, 9}) b.npus[npu].facts["tls"] = "1";
  b.npus[10].facts["address"] = "";  // answered: none is set
  b.results[0].verdict = Verdict::kFail;
  EXPECT_THAT(
      lines_of(a, b),
      testing::UnorderedElementsAre(
          "driver 24.1.rc3->25.0", "host address 10.0.0.2->10.9.9.9 node-02",
          "switch_port 100GE1/0/4->100GE9/0/1 node-01/npu3", "tls 0->1 node-02/npu0 node-02/npu1",
          "address 10.1.1.3-> node-02/npu2", "0.1 pass->fail node-01"));
}

TEST(Diff, TellsWhatMovedInTheConfigurationOfWhichHosts) {
  const RunRecord a = samples::healthy();
  RunRecord b = a;
  for (HostInfo& host : b.hosts) host.facts["mindie"] = "2.0.T3.B010";
  b.hosts[1].facts["config.json ServerConfig.port"] = "1030";
  b.hosts[1].facts.erase("config.json ServerConfig.ipAddress");
  b.hosts[1].facts["config.json ServerConfig.httpsEnabled"] = "true";
  b.hosts[0].facts["variable WORLD_SIZE"] = "32";
  b.versions["mindie"] = "2.0.T3.B010";  // the hosts say it
  EXPECT_THAT(lines_of(a, b), testing::UnorderedElementsAre(
                                  "mindie 2.0.T3->2.0.T3.B010 node-01 node-02",
                                  "config.json ServerConfig.port 1025->1030 node-02",
                                  "config.json ServerConfig.ipAddress \"10.0.0.1\"-> node-02",
                                  "config.json ServerConfig.httpsEnabled ->true node-02",
                                  "variable WORLD_SIZE 16->32 node-01"));
}

// Then nobody reads eighty lines.
TEST(Diff, OfAFileThatIsGoneItsValuesAreNotTold) {
  const RunRecord a = samples::healthy();
  RunRecord b = a;
  std::erase_if(b.hosts[1].facts,
                [](const auto& fact) { return fact.first.starts_with("config.json "); });
  b.hosts[1].facts["config.json"] = "";
  EXPECT_THAT(lines_of(a, b), testing::ElementsAre("config.json read-> node-02"));
  EXPECT_THAT(lines_of(b, a), testing::ElementsAre("config.json ->read node-02"));
}

// A run of one chapter, a host that was not reached, an NPU that has gone, or a record of before
// there were facts.
TEST(Diff, WhatWasNotAnsweredHasNotMoved) {
  const RunRecord a = samples::healthy();
  RunRecord b = a;
  b.hosts[0].facts.clear();
  std::erase_if(b.hosts[1].facts,
                [](const auto& fact) { return fact.first.starts_with("config.json"); });
  for (NpuFacts& npu : b.npus) npu.facts.erase("tls");
  b.npus[3].facts.clear();
  EXPECT_THAT(lines_of(a, b), testing::IsEmpty());
  EXPECT_THAT(lines_of(b, a), testing::IsEmpty());
}

TEST(Diff, AHostThatIsGoneIsToldUnlessItWasNotSelected) {
  const RunRecord a = samples::healthy();
  RunRecord b = a;
  b.hosts.pop_back();
  std::erase_if(b.npus, [](const NpuFacts& npu) { return npu.host == "node-02"; });
  std::erase_if(b.results, [](const StepResult& r) { return r.target.host == "node-02"; });
  EXPECT_THAT(lines_of(a, b), testing::ElementsAre("host there->gone node-02"));
  EXPECT_THAT(lines_of(b, a), testing::ElementsAre("host -->there node-02"));
  b.selection = "--host node-01";
  EXPECT_THAT(lines_of(a, b), testing::IsEmpty());
  EXPECT_THAT(lines_of(b, a), testing::IsEmpty());
}

TEST(Diff, Golden) {
  RunRecord a = samples::healthy();
  a.started -= 86400;
  expect_golden("moved.en.txt", moved_text(moved_between(a, samples::mixed()), Language::kEn));
}
TEST(Diff, GoldenChinese) {
  RunRecord a = samples::healthy();
  a.started -= 86400;
  expect_golden("moved.zh.txt", moved_text(moved_between(a, samples::mixed()), Language::kZh));
}

TEST(Diff, WhatHostsSaidIsMadeHarmless) {
  const std::string text =
      moved_text(moved_between(samples::healthy(), samples::hostile()), Language::kEn);
  EXPECT_THAT(text, testing::Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, HasSubstr("\\x1b[31mred"));
}

}  // namespace
}  // namespace touchstone
