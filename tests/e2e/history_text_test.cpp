// What `touchstone history` prints, of a history made by hand, so that its times are the same
// always.
#include <gtest/gtest.h>

#include "harness/history/history.h"
#include "tests/e2e/cluster.h"
#include "tests/history/nights.h"
#include "tests/reports/golden.h"

namespace touchstone::history_test {
namespace {

// Comes and stays, flaps, waived and back, a night of which nobody could tell, a second look; the
// last night has news of each kind.
const Faults kFaults{{"3.1.8 node-01/npu3", ".....xxx"}, {"3.1.8 node-01/npu4", ".....xxx"},
                     {"3.1.3 node-01/npu7", ".x.x.x.x"}, {"3.1.3 node-02/npu1", "..xwww.."},
                     {"3.1.3 node-02/npu2", "......x."}, {"2.1.1 node-01", ".......?"},
                     {"3.1.8 node-02/npu5", "...f...."}, {"2.1.1 node-02", "   ....."},
                     {"3.1.8 node-02/npu6", "..bbx..."}};

class HistoryText : public testing::TestWithParam<const char*> {
 protected:
  HistoryText() {
    History history(file_, History::Use::kAdd);
    for (std::size_t n = 0; n < 8; ++n) {
      RunRecord record = run_of(n, kFaults, "lab.north");
      record.complete = n != 6;
      record.selection = n == 6 ? "--chapter 3.1" : "";
      history.add(record);
    }
  }

  void expect_printed(const std::string& what, const std::string& arguments) const {
    const std::string language = GetParam();
    const Ran ran =
        shell(kTouchstone + " history " + what + " --lang " + language + " " + file_ + arguments);
    EXPECT_EQ(ran.code, 0) << ran.out;
    expect_golden("history." + what + "." + language + ".txt", ran.out);
  }

  Folder folder_;
  std::string file_ = folder_ / "history.db";
};

TEST_P(HistoryText, GoldenOfShow) {
  expect_printed("show", "");
}
TEST_P(HistoryText, GoldenOfTrend) {
  expect_printed("trend", "");
}
TEST_P(HistoryText, GoldenOfCompare) {
  expect_printed("compare", " 3 8");
}

INSTANTIATE_TEST_SUITE_P(InBothLanguages, HistoryText, testing::Values("en", "zh"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace touchstone::history_test
