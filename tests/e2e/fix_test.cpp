// --fix of everything that has a remedy: every fault is made, repaired, looked at again, and taken
// back to the last byte.
#include <algorithm>
#include <iterator>
#include <set>

#include <gmock/gmock.h>

#include "suites/chapters.h"
#include "tests/e2e/fix_rows.h"
#include "tests/e2e/whole_state.h"

namespace touchstone {

void PrintTo(const FixGroup& group, std::ostream* out) {
  *out << group.name;
}

namespace {

using testing::Contains;

class Fixes : public testing::TestWithParam<FixGroup> {};

TEST_P(Fixes, AreSeenTwiceAndTakenBack) {
  Cluster cluster(2, GetParam().options);
  for (const char* key : GetParam().files) name_file(cluster, key);
  for (const FixRow& row : GetParam().rows) repair_and_take_back(cluster, {row.fault});
}

INSTANTIATE_TEST_SUITE_P(Rows, Fixes, testing::ValuesIn(fix_groups()),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(FixRows, AreThereForEveryRemedy) {
  std::set<std::string> repaired, tried;
  for (const Chapter& chapter : all_chapters())
    for (const Step& step : chapter.steps)
      if (step.remedy.changes) repaired.insert(step.id);
  for (const FixGroup& group : fix_groups())
    for (const FixRow& row : group.rows) tried.insert(row.fixed.begin(), row.fixed.end());
  std::vector<std::string> without;
  std::set_difference(repaired.begin(), repaired.end(), tried.begin(), tried.end(),
                      std::back_inserter(without));
  EXPECT_THAT(without, testing::IsEmpty());
  EXPECT_GE(repaired.size(), 37U);
}

TEST(FixFromFiles, LoadsNoImageWithAnotherSum) {
  Cluster cluster(2, "--no-service");
  cluster.fault("image-missing@node-01");
  name_file(cluster, "image_archive");
  const std::string archive = cluster.dir() + "/hosts/node-01/root/data/images/mindie_2.0.T3.tar";
  ASSERT_EQ(shell("echo more >>" + archive).code, 0);
  const std::string before = whole_state(cluster);
  std::string out;
  int code = -1;
  const RunRecord record = cluster.run("--yes --fix=disruptive --step 4.1.1", &code, &out);
  EXPECT_THAT(with_verdict(record, Verdict::kFail), Contains("4.1.1"));
  EXPECT_EQ(code, 1);
  EXPECT_THAT(out, testing::HasSubstr("checksum"));
  EXPECT_EQ(state_difference(before, whole_state(cluster)), "");
}

// Driver and firmware are installed by one change, and not again before the reboot that is due.
TEST(FixFromFiles, InstallsDriverAndFirmwareOnce) {
  Cluster cluster(2, "--no-service --fault driver-old@node-01");
  name_file(cluster, "driver_package");
  name_file(cluster, "firmware_package");
  std::string out;
  int code = -1;
  const RunRecord record = cluster.run("--yes --fix=disruptive --chapter 2.1", &code, &out);
  int done = 0;
  for (const Repair& repair : record.repairs) done += repair.outcome == "done";
  EXPECT_EQ(done, 1) << out;
  EXPECT_THAT(out, testing::HasSubstr("both are installed already; reboot the host"));
}

}  // namespace
}  // namespace touchstone
