#include <algorithm>
#include <filesystem>

#include <gmock/gmock.h>

#include "tests/e2e/cluster.h"

namespace touchstone {
namespace {

using testing::HasSubstr;

std::string line_with(const std::string& text, const std::string& words) {
  const std::size_t at = text.find(words);
  return at == std::string::npos ? "" : text.substr(at, text.find('\n', at) - at);
}

// A fault, --fix, and every report tells of it; then the command that the terminal names, as it
// stands there.
TEST(FixReports, TellWhatWasChangedAndHowToTakeItBack) {
  Cluster cluster(2, "--no-service --fault tls-on@node-01/3");
  std::string out;
  const RunRecord record = cluster.run("--fix --yes", nullptr, &out);
  ASSERT_FALSE(record.repairs.empty()) << out;
  for (const Repair& repair : record.repairs) EXPECT_EQ(repair.outcome, "done") << out;
  const StepResult& tls = result_of(record, "3.1.8", "node-01/npu3");
  EXPECT_EQ(tls.verdict, Verdict::kFixed);
  EXPECT_FALSE(tls.findings_before.empty());
  ASSERT_FALSE(tls.exhibits_before.empty());
  ASSERT_FALSE(tls.exhibits.empty());
  EXPECT_NE(tls.exhibits_before[0].answer.out, tls.exhibits[0].answer.out);
  const std::string report = cluster.last_report();
  EXPECT_EQ(record.journal, report + "/journal.jsonl");
  EXPECT_THAT(slurp(report + "/changes.html"), HasSubstr("id=\"f-3.1.8\""));
  EXPECT_THAT(slurp(report + "/index.html"), HasSubstr("changes.html"));
  EXPECT_THAT(slurp(report + "/junit.xml"), HasSubstr("fixed; before: "));
  EXPECT_THAT(slurp(report + "/junit.xml"), HasSubstr("name=\"fix.done\" value=\""));
  EXPECT_THAT(out, HasSubstr("Changes made by --fix"));

  std::string command = line_with(out, "touchstone undo ");
  ASSERT_FALSE(command.empty()) << out;
  const Ran undo =
      shell(command.replace(0, std::string("touchstone").size(), kTouchstone) + " --yes");
  EXPECT_EQ(undo.code, 0) << undo.out;
  const RunRecord again = cluster.run("--step 3.1.8");
  EXPECT_EQ(result_of(again, "3.1.8", "node-01/npu3").verdict, Verdict::kFail);
}

// Whether node-02 was asked anew after node-01 was repaired: its recording has other times then.
bool the_other_was_asked_again(const char* fault, const std::string& fix) {
  Cluster cluster(2, std::string("--no-service --fault ") + fault + "@node-01");
  std::string out;
  const RunRecord record = cluster.run("--yes " + fix, nullptr, &out);
  EXPECT_TRUE(std::any_of(record.repairs.begin(), record.repairs.end(), [](const Repair& repair) {
    return repair.outcome == "done" && repair.host == "node-01";
  })) << out;
  const std::string report = cluster.last_report();
  const Ran diff = shell("diff " + report + "/recording-before/hosts/node-02.jsonl " + report +
                         "/recording/hosts/node-02.jsonl");
  EXPECT_LT(diff.code, 2) << diff.out;
  return diff.code == 1;
}

// What interrupts a container on one host may be felt by the others of its group.
TEST(FixRounds, AskTheWholeGroupAgainWhereSomethingWasInterrupted) {
  EXPECT_FALSE(the_other_was_asked_again("tls-on", "--fix --step 3.1.8"));
  EXPECT_TRUE(the_other_was_asked_again("container-stopped", "--fix=service --step 4.2.1"));
}

}  // namespace
}  // namespace touchstone
