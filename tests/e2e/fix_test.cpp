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
    for (const Step& step : chapter.steps) {
      EXPECT_EQ(step.remedy.changes != nullptr, step.remedy.risk != Risk::kHands)
          << step.id << " says " << name_of(step.remedy.risk);
      if (step.remedy.risk != Risk::kHands) repaired.insert(step.id);
    }
  for (const FixGroup& group : fix_groups())
    for (const FixRow& row : group.rows) tried.insert(row.fixed.begin(), row.fixed.end());
  std::vector<std::string> without;
  std::set_difference(repaired.begin(), repaired.end(), tried.begin(), tried.end(),
                      std::back_inserter(without));
  EXPECT_THAT(without, testing::IsEmpty());
}

// By itself it asks what a rank table is built of, and builds it where the host's own is wrong.
TEST(FixSteps, TheServicesRankTableIsTheHostsOwn) {
  Cluster cluster(2, "--no-service --fault container-ip-missing");
  std::string out;
  int code = -1;
  const RunRecord record = cluster.run("--yes --fix --step 6.1.1", &code, &out);
  EXPECT_EQ(code, 0) << out;
  EXPECT_THAT(with_verdict(record, Verdict::kFixed), testing::ElementsAre("6.1.1", "6.1.1")) << out;
}

// The driver was right before: that its file reads the same afterwards is no reason to install both
// packages once more.
TEST(FixFromFiles, APlanOfPackagesIsAppliedOnce) {
  Cluster cluster(2, "--no-service --fault firmware-package-old@node-01");
  cluster.edit_inventory("site:\n", "site:\n  driver: \">=24.1.rc3,<26\"\n");
  name_file(cluster, "driver_package");
  name_file(cluster, "firmware_package");
  cluster.run("--plan=disruptive --chapter 2.1");
  const std::string fix = kTouchstone + " fix " + cluster.last_report() + "/plan.json -i " +
                          cluster.inventory() + " --yes --out " + cluster.root();
  const Ran first = shell(fix + "/first");
  EXPECT_EQ(first.code, 0) << first.out;
  const std::string installed = whole_state(cluster);
  const Ran second = shell(fix + "/second");
  EXPECT_EQ(second.code, 1) << second.out;
  EXPECT_THAT(second.out, testing::HasSubstr("no longer what the plan was made from"));
  EXPECT_EQ(state_difference(installed, whole_state(cluster)), "");
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

// The guide's other way to Docker; nothing is downloaded unless the site has said who may.
TEST(FixFromFiles, InstallsDockerByThePackageManager) {
  Cluster cluster(2, "--no-service --fault docker-not-installed@node-01");
  const std::string before = whole_state(cluster);
  std::string out;
  int code = -1;
  const std::string fix = "--yes --fix=service --step 2.2.1 --step 2.2.2";
  cluster.run(fix, &code, &out);
  EXPECT_EQ(code, 1);
  EXPECT_THAT(out, testing::HasSubstr("neither docker_archive with docker_archive_sha256 nor "
                                      "docker_package_manager"));
  cluster.edit_inventory("site:\n", "site:\n  docker_package_manager: apt\n");
  cluster.run(fix, &code, &out);
  EXPECT_THAT(out, testing::HasSubstr("the host has no apt-get"));
  EXPECT_EQ(state_difference(before, whole_state(cluster)), "");
  cluster.edit_inventory("manager: apt", "manager: yum");
  const RunRecord record = cluster.run(fix, &code, &out);
  EXPECT_EQ(code, 0) << out;
  EXPECT_THAT(with_verdict(record, Verdict::kFixed), Contains("2.2.2"));
  const Ran undo = shell(kTouchstone + " undo " + cluster.last_report() + " --yes");
  EXPECT_EQ(undo.code, 0) << undo.out;
  cluster.run("--step 2.2.2", &code);
  EXPECT_EQ(code, 1) << "it is gone again";
}

// What a half-done installation has written is taken back: the file that the package edits, too.
TEST(FixFromFiles, LeavesNothingOfARuntimeThatFailed) {
  Cluster cluster(2, "--no-service --fault runtime-not-installed@node-01");
  name_file(cluster, "docker_runtime_package");
  ASSERT_EQ(shell(kSim + " set " + cluster.dir() + " node-01 packages.fail 'no space left'").code,
            0);
  const std::string before = whole_state(cluster);
  std::string out;
  const RunRecord record = cluster.run("--yes --fix=disruptive --step 2.2.3", nullptr, &out);
  ASSERT_GE(record.repairs.size(), 2U) << out;
  EXPECT_EQ(record.repairs[0].outcome, "failed") << out;
  EXPECT_EQ(record.repairs[1].outcome, "skipped") << out;
  EXPECT_EQ(state_difference(before, whole_state(cluster)), "");
}

// Neither Docker nor the runtime: two rounds, in the guide's order.
TEST(FixFromFiles, InstallsDockerAndItsRuntimeOnABareHost) {
  Cluster cluster(2, "--no-service");
  for (const char* key : {"docker_archive", "docker_runtime_package"}) name_file(cluster, key);
  for (const char* fault : {"runtime-not-installed@node-02", "docker-not-installed@node-02"})
    cluster.fault(fault);
  std::string out;
  int code = -1;
  const RunRecord record = cluster.run("--yes --fix=disruptive --chapter 2.2", &code, &out);
  EXPECT_EQ(code, 0) << out;
  EXPECT_THAT(with_verdict(record, Verdict::kFixed), Contains("2.2.2"));
  const std::string unit =
      slurp(cluster.dir() + "/hosts/node-02/root/usr/lib/systemd/system/docker.service");
  EXPECT_THAT(unit, testing::HasSubstr("ExecReload=/bin/kill -s HUP $MAINPID\n"));
}

// Driver and firmware are installed by one change, and not again before the reboot that is due. An
// NPU that missed the firmware is no reason to reboot for ever: the upgrade is repeated, once.
TEST(FixFromFiles, InstallsDriverAndFirmwareOnce) {
  Cluster cluster(2, "--no-service");
  name_file(cluster, "driver_package");
  name_file(cluster, "firmware_package");
  for (const auto& [fault, what] :
       {std::pair{"driver-old@node-01", "upgrade to driver"},
        std::pair{"firmware-old@node-01/3", "NPU 3 missed the update"}}) {
    SCOPED_TRACE(fault);
    cluster.fault(fault);
    std::string out;
    const RunRecord record = cluster.run("--yes --fix=disruptive --chapter 2.1", nullptr, &out);
    ASSERT_EQ(record.repairs.size(), 1U) << out;
    EXPECT_EQ(record.repairs[0].outcome, "done") << out;
    EXPECT_THAT(record.repairs[0].what.en, testing::StartsWith(what));
    cluster.run("--plan=disruptive --chapter 2.1", nullptr, &out);
    EXPECT_THAT(out, testing::HasSubstr("both are installed already; reboot the host"));
    ASSERT_EQ(shell(kSim + " reboot " + cluster.dir() + " node-01").code, 0);
    int code = -1;
    cluster.run("--plan=disruptive --chapter 2.1", &code, &out);
    EXPECT_EQ(code, 0) << out;
  }
}

}  // namespace
}  // namespace touchstone
