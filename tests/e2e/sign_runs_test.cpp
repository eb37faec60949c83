// Whatever a run was asked for: its recording gives the verdicts that it has told.
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/e2e/cluster.h"

namespace touchstone {
namespace {

using testing::HasSubstr;

TEST(SignedRuns, AreJudgedAgainAsTheyWereMade) {
  Cluster cluster(2, "--no-service --fault tls-on@node-01/3 --fault link-down@node-02/1");
  const std::string key = cluster.root() + "/key", waivers = cluster.root() + "/waivers.yaml";
  shell("ssh-keygen -q -t ed25519 -N '' -f " + key);
  std::ofstream(waivers) << "touchstone: 1\nwaivers:\n  - steps: [\"3.1.8\"]\n    targets: "
                            "[node-01/npu3]\n    justification: ordered\n    approver: Li Wei\n    "
                            "expires: 2199-12-31 UTC\n";
  std::set<std::string> verdicts;
  for (const std::string& options :
       {std::string("--chapter 3.1"), std::string("--host node-01"), std::string("--step 3.1.8"),
        "--chapter 3.1 --waivers " + waivers, std::string("--step 3.1.8 --recheck 1 --after 0"),
        "--replay " + cluster.root() + "/report2"}) {
    const RunRecord record = cluster.run("--quiet " + options);
    for (const StepResult& result : record.results) verdicts.emplace(name_of(result.verdict));
    ASSERT_EQ(shell(kTouchstone + " sign " + cluster.last_report() + " --key " + key).code, 0);
    const Ran ran = shell(kTouchstone + " verify " + cluster.last_report());
    EXPECT_THAT(ran.out, HasSubstr(fmt::format("all {} are the same\n", record.results.size())))
        << options;
  }
  EXPECT_THAT(verdicts,
              testing::IsSupersetOf({"pass", "fail", "blocked", "waived", "not_selected"}));
}

// What was repaired is judged from both recordings; what is added to the journal later is told.
TEST(SignAfterAFix, BothRecordingsAreJudged) {
  Cluster cluster(2, "--no-service --fault tls-on@node-01/3");
  cluster.run("--quiet --fix --yes --chapter 3.1");
  const std::string report = cluster.last_report(), key = cluster.root() + "/key";
  shell("ssh-keygen -q -t ed25519 -N '' -f " + key + " && { printf 'me '; cat " + key +
        ".pub; } >" + key + ".signers");
  ASSERT_EQ(shell(kTouchstone + " sign " + report + " --key " + key).code, 0);
  const std::string verify = kTouchstone + " verify " + report + " --signers " + key + ".signers";
  Ran ran = shell(verify);
  EXPECT_EQ(ran.code, 0) << ran.out;

  // A report that keeps silent about a repair.
  const std::string true_record = slurp(report + "/run.json");
  RunRecord record = run_from_json(true_record);
  for (StepResult& result : record.results)
    if (result.verdict == Verdict::kFixed) result.verdict = Verdict::kPass;
  std::ofstream(report + "/run.json", std::ios::binary) << run_json(record);
  ran = shell(verify);
  EXPECT_THAT(ran.out, HasSubstr("3.1.8 node-01/npu3: the report says pass, the recording gives "
                                 "fixed\n"));
  std::ofstream(report + "/run.json", std::ios::binary) << true_record;

  ASSERT_EQ(shell(kTouchstone + " undo " + report + " --yes").code, 0);
  ran = shell(verify);
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, HasSubstr("  changed journal.jsonl\n")) << ran.out;
}

}  // namespace
}  // namespace touchstone
