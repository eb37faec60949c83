// Where something cannot be written, or read: 73 or 78 in the language that was asked for, and what
// was found and done is kept.
#include <csignal>
#include <filesystem>

#include <gmock/gmock.h>

#include "tests/e2e/fix_background.h"

namespace touchstone {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// Files beyond a size fail to be written, as on a full disk.
class FullDisk : public testing::Test {
 protected:
  Ran touchstone(const std::string& words, std::uintmax_t largest) {
    return shell("cd " + cluster_.root() + " && trap '' XFSZ && ulimit -f " +
                 std::to_string(largest / 512) + " && " + kTouchstone + " " + words);
  }
  std::uintmax_t size(const std::string& file) const {
    return fs::file_size(cluster_.root() + "/" + file);
  }
  void expect_told(const std::string& words, std::uintmax_t largest, const std::string& file) {
    const Ran english = touchstone(words, largest),
              chinese = touchstone(words + " --lang zh", largest);
    for (const Ran& ran : {english, chinese}) {
      EXPECT_EQ(ran.code, 73) << ran.out;
      EXPECT_THAT(ran.out, HasSubstr(file));
    }
    EXPECT_THAT(english.out, HasSubstr("cannot be written: File too large"));
    EXPECT_THAT(chinese.out, HasSubstr("无法写入:File too large"));
  }

  Cluster cluster_{2, "--no-service"};
};

TEST_F(FullDisk, IsToldOfRecordingAndReport) {
  const std::string run = "run -i cluster/cluster.yaml --step 0.1 --quiet --force --out r";
  ASSERT_EQ(touchstone(run, 10'000'000).code, 0);
  const std::uintmax_t junit = size("r/junit.xml"), manifest = size("r/recording/manifest.json"),
                       record = size("r/run.json");
  // junit.xml is longer while nothing is judged.
  ASSERT_LT(4 * junit, manifest);
  expect_told(run, 4 * junit, "r/recording/manifest.json");
  ASSERT_LT(manifest + 512, record);
  expect_told(run, manifest + 512, "r/run.json");
  EXPECT_EQ(shell("ls -R " + cluster_.root() + "/r | grep -E 'tmp|new'").out, "");
}

TEST_F(FullDisk, IsToldOfWhatIsNamed) {
  ASSERT_EQ(touchstone("run -i cluster/cluster.yaml --step 0.1 --quiet --out r", 10'000'000).code,
            0);
  expect_told("report r --format html --html=single --force --out one.html", 4096, "one.html");
  const Ran below = touchstone("report r --format html --out r/run.json/pages", 10'000'000);
  EXPECT_EQ(below.code, 73) << below.out;
  EXPECT_THAT(below.out, HasSubstr("Not a directory"));
}

// The disk is full when the first end is written: what the hosts did is in the report, and the
// journal can be read, and gone on with.
TEST(FixOnAFullDisk, KeepsWhatWasDone) {
  Cluster cluster(2, "--no-service --latency 0.5");
  cluster.fault("tls-on@node-01/2");
  cluster.fault("rank-table-differs@node-02");
  const auto before = std::signal(SIGXFSZ, SIG_IGN);
  InBackground run(cluster, "full", "--fix --step 3.1.8 --chapter 3.2");
  std::signal(SIGXFSZ, before);
  ASSERT_TRUE(run.journal_has(3)) << run.out();  // the beginning, the plan, and what is begun
  run.signal(SIGSTOP);
  const std::uintmax_t size = fs::file_size(run.journal());
  run.let_files_grow_to(size + 20);
  run.signal(SIGCONT);
  while (fs::file_size(run.journal()) < size + 20)
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  run.let_files_grow_to(RLIM_INFINITY);
  EXPECT_EQ(run.wait(), 73) << run.out();
  EXPECT_THAT(run.out(), AllOf(HasSubstr("journal.jsonl: the journal cannot be written"),
                               HasSubstr("  1. done "), HasSubstr("  2. skipped ")));
  const std::string folder = cluster.root() + "/full";
  const RunRecord record = run_from_json(slurp(folder + "/run.json"));
  ASSERT_EQ(record.repairs.size(), 2U);
  EXPECT_EQ(result_of(record, "3.1.8", "node-01/npu2").verdict, Verdict::kFixed);
  const std::string show = kTouchstone + " journal show " + folder;
  EXPECT_THAT(shell(show).out,
              AllOf(HasSubstr("under_way node-01"), HasSubstr("not written to its end")));
}

// It is a link that leads nowhere.
TEST(FixOnAFullDisk, ChangesNothingWithoutAJournal) {
  Cluster cluster(2, "--no-service --fault tls-on@node-01/2");
  const std::string folder = cluster.root() + "/out", journal = folder + "/journal.jsonl";
  fs::create_directories(folder);
  fs::create_symlink("/no/such/folder/journal", journal);
  const Ran ran = shell(kTouchstone + " run -i " + cluster.inventory() +
                        " --step 3.1.8 --fix --yes --force --out " + folder);
  EXPECT_EQ(ran.code, 73) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr(journal + ": the journal cannot be written (No such file"));
  const RunRecord record = run_from_json(slurp(folder + "/run.json"));
  EXPECT_EQ(result_of(record, "3.1.8", "node-01/npu2").verdict, Verdict::kFail);
  EXPECT_TRUE(record.repairs.empty());
}

// Whoever listens goes away as soon as the plan is told.
TEST(FixForNobody, GoesOnAndIsJournalledToItsEnd) {
  Cluster cluster(2, "--no-service --latency 0.2");
  for (const char* fault : kFaultsOfTwoHosts) cluster.fault(fault);
  const std::string folder = cluster.root() + "/out";
  shell(kTouchstone + " run -i " + cluster.inventory() +
        " --fix --yes --second-look 0 --step 3.1.6,3.1.8 --chapter 3.2 --out " + folder +
        " | head -1");
  ASSERT_TRUE(fs::exists(folder + "/run.json"));
  const RunRecord record = run_from_json(slurp(folder + "/run.json"));
  EXPECT_GE(record.repairs.size(), 3U);
  for (const Repair& repair : record.repairs) EXPECT_NE(repair.outcome, "under_way");
  EXPECT_THAT(slurp(folder + "/journal.jsonl"), HasSubstr("\"event\":\"finish\""));
  EXPECT_THAT(shell(kTouchstone + " journal show " + folder).out, Not(HasSubstr("under_way")));
}

// A name that is too long is neither there nor not there.
TEST(CannotRead, Is78AndAPlaceToWriteIs73) {
  Cluster cluster(2, "--no-service");
  cluster.run("--step 0.1 --quiet");
  const std::string name(300, 'x'), inventory = " -i " + cluster.inventory();
  for (const std::string& words :
       {"run --replay " + name, "report " + name, "diff " + name + " " + name, "undo " + name,
        "journal show " + name, "fix " + name + inventory, "sign " + name, "verify " + name,
        "sign --key " + name + " " + cluster.last_report(), "run --baseline " + name + inventory}) {
    const Ran ran = shell("cd " + cluster.root() + " && " + kTouchstone + " " + words);
    EXPECT_EQ(ran.code, 78) << words << "\n" << ran.out;
    EXPECT_THAT(ran.out, AllOf(HasSubstr(name), Not(HasSubstr("unforeseen")))) << words;
  }
  for (const std::string& words : {"init host --out " + name, "run --out " + name + inventory,
                                   "rank-table build --out " + name + inventory}) {
    const Ran ran = shell("cd " + cluster.root() + " && " + kTouchstone + " " + words);
    EXPECT_EQ(ran.code, 73) << words << "\n" << ran.out;
    EXPECT_THAT(ran.out, HasSubstr("File name too long")) << words;
  }
}

}  // namespace
}  // namespace touchstone
