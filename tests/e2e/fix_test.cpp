// --fix of hosts, NPUs, rank tables and Docker: every fault that has a remedy is made, repaired,
// looked at again, and taken back to the last byte.
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <random>

#include <gmock/gmock.h>

#include "tests/e2e/whole_state.h"

namespace touchstone {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::IsEmpty;

enum class Back { kBytes, kState, kNot };

struct Row {
  const char* fault;
  const char* step;           // that is `fixed` afterwards
  const char* risk = "safe";  // that it needs
  Back back = Back::kBytes;   // what undo can bring back
};

std::vector<std::string> with_verdict(const RunRecord& record, Verdict verdict) {
  std::vector<std::string> steps;
  for (const StepResult& result : record.results)
    if (result.verdict == verdict) steps.push_back(record.steps[result.step].id);
  return steps;
}

std::string chapter_of(const std::string& step) {
  return step.substr(0, step.rfind('.'));
}

class Fixes : public testing::TestWithParam<std::vector<Row>> {
 protected:
  static constexpr const char* kNoService = "--no-service";
  Cluster cluster_{2, kNoService};

  RunRecord fix(const Row& row, std::string& out, int& code) {
    return cluster_.run(
        "--yes --fix=" + std::string(row.risk) + " --chapter " + chapter_of(row.step), &code, &out);
  }

  void repair_and_take_back(const Row& row) {
    SCOPED_TRACE(row.fault);
    cluster_.fault(row.fault);
    const std::string before = whole_state(cluster_);
    std::string out;
    int code = -1;
    const RunRecord first = fix(row, out, code);
    const std::string report = cluster_.last_report();
    EXPECT_EQ(code, 0) << out;
    EXPECT_THAT(with_verdict(first, Verdict::kFixed), Contains(row.step)) << out;
    const std::string repaired = whole_state(cluster_);

    const RunRecord second = fix(row, out, code);
    EXPECT_FALSE(fs::exists(cluster_.last_report() + "/journal.jsonl"))
        << "it was repaired twice: " << out;
    EXPECT_EQ(whole_state(cluster_), repaired);

    const Ran undo = shell(kTouchstone + " undo " + report + " --yes");
    if (row.back != Back::kNot) {
      EXPECT_EQ(undo.code, 0) << undo.out;
    }
    if (row.back == Back::kBytes) {
      EXPECT_EQ(whole_state(cluster_), before) << undo.out;
    }
    const Ran heal = shell(kSim + " heal " + cluster_.dir());
    EXPECT_EQ(heal.code, 0) << heal.out;
  }
};

TEST_P(Fixes, AreSeenTwiceAndTakenBack) {
  for (const Row& row : GetParam()) repair_and_take_back(row);
}

// The tool writes its file with every setting, so one that contradicted it stays corrected.
// hccn_tool has no command that unsets an address or a gateway, and refuses a gateway in another
// segment. A hccn.conf that was lost leaves a container bound to the lost one: that is disruptive.
INSTANTIATE_TEST_SUITE_P(
    Npus, Fixes,
    testing::Values(std::vector<Row>{{"tls-on", "3.1.8"},
                                     {"tls-differs", "3.1.9"},
                                     {"tls-drift", "3.1.8", "safe", Back::kState}},
                    std::vector<Row>{{"netdetect-unset", "3.1.6"},
                                     {"netdetect-wrong-segment", "3.1.6"}},
                    std::vector<Row>{{"gateway-wrong-segment", "3.1.7", "service", Back::kNot},
                                     {"gateway-missing", "3.1.7", "service", Back::kNot}},
                    std::vector<Row>{{"ip-not-planned", "3.1.10", "service"},
                                     {"ip-unset", "3.1.10", "service", Back::kNot}},
                    std::vector<Row>{{"hccn-conf-drift", "3.1.12", "service"}}));

INSTANTIATE_TEST_SUITE_P(RankTables, Fixes,
                         testing::Values(std::vector<Row>{{"rank-table-missing", "3.2.1"},
                                                          {"rank-table-comments", "3.2.2"},
                                                          {"rank-table-initializing", "3.2.2"}},
                                         std::vector<Row>{{"rank-table-version", "3.2.2"},
                                                          {"server-count-number", "3.2.2"},
                                                          {"server-count-wrong", "3.2.2"}},
                                         std::vector<Row>{{"rank-table-differs", "3.2.3"},
                                                          {"rank-table-extra-server", "3.2.4"},
                                                          {"container-ip-missing", "3.2.5"}},
                                         std::vector<Row>{{"rank-zero-elsewhere", "3.2.7"},
                                                          {"rank-id-gap", "3.2.7"},
                                                          {"device-id-duplicate", "3.2.7"}},
                                         std::vector<Row>{{"device-ip-duplicate", "3.2.7"},
                                                          {"device-ip-stale", "3.2.8"},
                                                          {"rank-table-mode", "3.2.9"},
                                                          {"rank-table-owner", "3.2.9"}}));

// Of Docker the simulator also notes times, which are others afterwards.
INSTANTIATE_TEST_SUITE_P(
    Docker, Fixes,
    testing::Values(std::vector<Row>{{"runc-owner", "2.2.4"}, {"mainpid-lost", "2.2.5"}},
                    std::vector<Row>{{"docker-disabled", "2.2.2", "service", Back::kState},
                                     {"docker-engine-down", "2.2.2", "service", Back::kState}},
                    std::vector<Row>{{"runtime-unregistered", "2.2.3", "disruptive", Back::kNot}},
                    std::vector<Row>{{"container-stopped", "4.2.1", "service", Back::kState}}));

std::string sum_of(const std::string& file) {
  return shell("sha256sum <" + file + " | cut -d' ' -f1 | tr -d '\\n'").out;
}

// A site that has the archive of its image and the packages on its hosts says where.
class FixFromFiles : public testing::Test {
 protected:
  void name_file(const std::string& key, const std::string& path) {
    const std::string file = cluster_.dir() + "/hosts/node-01/root" + path;
    cluster_.edit_inventory("site:\n", "site:\n  " + key + ": " + path + "\n  " + key +
                                           "_sha256: " + sum_of(file) + "\n");
  }
  RunRecord fix(const std::string& selection, int& code) {
    return cluster_.run("--yes --fix=disruptive " + selection, &code, &out_);
  }

  Cluster cluster_{2, "--no-service"};
  std::string out_;
};

TEST_F(FixFromFiles, LoadsTheImage) {
  cluster_.fault("image-missing@node-01");
  name_file("image_archive", "/data/images/mindie_2.0.T3.tar");
  int code = -1;
  EXPECT_THAT(with_verdict(fix("--step 4.1.1", code), Verdict::kFixed), Contains("4.1.1")) << out_;
  EXPECT_EQ(code, 0);
}

TEST_F(FixFromFiles, LoadsNoImageWithAnotherSum) {
  cluster_.fault("image-missing@node-01");
  cluster_.edit_inventory("site:\n",
                          "site:\n  image_archive: /data/images/mindie_2.0.T3.tar\n  "
                          "image_archive_sha256: " +
                              std::string(64, '0') + "\n");
  int code = -1;
  EXPECT_THAT(with_verdict(fix("--step 4.1.1", code), Verdict::kFail), Contains("4.1.1"));
  EXPECT_EQ(code, 1);
  EXPECT_THAT(out_, testing::HasSubstr("checksum"));
}

TEST_F(FixFromFiles, InstallsDriverAndFirmwareOnceAndSaysThatARebootIsDue) {
  cluster_.fault("driver-old@node-01");
  name_file("driver_package",
            "/data/packages/Ascend-hdk-910b-npu-driver_24.1.rc3_linux-aarch64.run");
  name_file("firmware_package", "/data/packages/Ascend-hdk-910b-npu-firmware_7.5.0.1.129.run");
  int code = -1;
  const RunRecord record = fix("--chapter 2.1", code);
  EXPECT_EQ(code, 1) << "until the reboot the old one runs";
  EXPECT_THAT(with_verdict(record, Verdict::kFail), Contains("2.1.1")) << out_;
  int done = 0;
  for (const Repair& repair : record.repairs) done += repair.outcome == "done";
  EXPECT_EQ(done, 1) << out_;
  EXPECT_THAT(out_, testing::HasSubstr("reboot the host"));
  ASSERT_EQ(shell(kSim + " reboot " + cluster_.dir() + " node-01").code, 0);
  cluster_.run("--chapter 2.1", &code, &out_);
  EXPECT_EQ(code, 0) << out_;
}

// Several faults on several hosts at random: afterwards nothing is left that a program may repair,
// and nothing has changed that was right.
class RandomFaults : public testing::TestWithParam<unsigned> {};

TEST_P(RandomFaults, LeaveNothingThatMayBeRepaired) {
  static const char* const kFaults[] = {"tls-on",
                                        "netdetect-unset",
                                        "rank-table-missing",
                                        "rank-table-mode",
                                        "rank-id-gap",
                                        "runc-owner",
                                        "mainpid-lost",
                                        "docker-disabled",
                                        "ip-not-planned",
                                        "gateway-wrong-segment",
                                        "config-mode",
                                        "variable-missing",
                                        "world-size-twice",
                                        "config-tls-on",
                                        "link-down",
                                        "lldp-silent",
                                        "health-warning"};
  std::mt19937 random(GetParam());
  Cluster cluster(3, "--no-service --group-size 3");
  const std::string healthy = whole_state(cluster);
  std::string made;
  for (int i = 0; i < 6; ++i) {
    const std::string fault = kFaults[random() % std::size(kFaults)];
    const std::string host = "node-0" + std::to_string(1 + random() % 3);
    // Where a fault is of another kind of target (a group's), the simulator takes it as it is.
    if (shell(kSim + " fault " + cluster.dir() + " '" + fault + "@" + host + "'").code == 0)
      made += fault + "@" + host + " ";
  }
  SCOPED_TRACE(made);
  const std::string broken = whole_state(cluster);
  std::string out;
  const RunRecord record = cluster.run("--fix=service --yes", nullptr, &out);
  for (const StepResult& result : record.results) {
    const StepInfo& step = record.steps[result.step];
    EXPECT_FALSE(result.broke) << step.id << " " << result.target.str();
    if (result.verdict != Verdict::kFail) continue;
    EXPECT_TRUE(step.risk == Risk::kHands || step.risk == Risk::kDisruptive)
        << step.id << " " << result.target.str() << "\n"
        << out;
  }
  EXPECT_THAT(changed_although_right(healthy, broken, whole_state(cluster)), IsEmpty()) << out;
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomFaults, testing::Range(1U, 5U));

}  // namespace
}  // namespace touchstone
