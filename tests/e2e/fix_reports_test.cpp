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

}  // namespace
}  // namespace touchstone
