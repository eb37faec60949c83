// What may go wrong while --fix is at work: it is killed, a service runs, the disk is full. Nothing
// is half-written, and somebody says how things stand.
#include <filesystem>

#include <gmock/gmock.h>

#include "tests/e2e/fix_background.h"
#include "tests/e2e/whole_state.h"

namespace touchstone {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

std::string without_host(const std::string& state, const std::string& host) {
  std::string text;
  for (const std::string& line : lines_of(state))
    if (line.find("./" + host + "/") == std::string::npos) text += line + "\n";
  return text;
}

TEST(FixTrouble, KilledAtAnyEntryOfTheJournal) {
  Cluster cluster(2, "--no-service --latency 0.02");
  for (long line = 1; line < 40; ++line) {
    for (const char* fault : kFaultsOfTwoHosts) cluster.fault(fault);
    InBackground run(cluster, "killed-" + std::to_string(line),
                     "--fix --step 3.1.6,3.1.8 --chapter 3.2");
    const bool alive = run.journal_has(line);
    if (alive) run.kill();
    SCOPED_TRACE("killed after " + std::to_string(line) + " entries");
    const Ran told = shell(kTouchstone + " journal show " + run.journal());
    const bool finished = slurp(run.journal()).find("\"event\":\"finish\"") != std::string::npos;
    if (line > 2) {
      EXPECT_EQ(told.code, 0) << told.out;
      EXPECT_THAT(told.out, HasSubstr(finished ? "done" : "ended before it was finished"));
    }
    // No file is half-written: each is as it was or as it shall be; and a new run goes on from
    // there.
    std::string out;
    int code = -1;
    cluster.run("--fix --yes --step 3.1.6,3.1.8 --chapter 3.2", &code, &out);
    EXPECT_EQ(code, 0) << out;
    EXPECT_THAT(whole_state(cluster), Not(HasSubstr(".touchstone.")));
    ASSERT_EQ(shell(kSim + " heal " + cluster.dir()).code, 0);
    if (!alive) return;  // it came to its end: there are no further entries
  }
  FAIL() << "it has no end";
}

// An address does not change under a service that runs; what else is wrong on the host does.
TEST(FixTrouble, ARefusalLeavesTheRestOfTheHost) {
  Cluster cluster(2);
  cluster.fault("ip-not-planned@node-01/1");
  cluster.fault("tls-on@node-01/2");
  std::string out;
  const RunRecord record = cluster.run("--yes --fix=service --step 3.1.8,3.1.10", nullptr, &out);
  ASSERT_EQ(record.repairs.size(), 3U) << out;  // the address is tried in the second round again
  EXPECT_EQ(record.repairs[0].outcome, "refused");
  EXPECT_EQ(record.repairs[0].why.en, "NPU 1 is in use; stop the service first");
  EXPECT_EQ(record.repairs[1].outcome, "done") << record.repairs[1].why.en;
  EXPECT_EQ(record.repairs[1].steps, std::vector<std::string>{"3.1.8"});
  EXPECT_EQ(record.repairs[2].outcome, "refused");
}

// The fix was made while nobody used the NPU; by now somebody does.
TEST(FixTrouble, AnAddressIsNotTakenBackUnderAServiceThatRuns) {
  Cluster cluster(2, "--no-service");
  cluster.fault("ip-not-planned@node-01/4");
  std::string out;
  int code = -1;
  cluster.run("--fix=service --step 3.1.10 --yes", &code, &out);
  ASSERT_EQ(code, 0) << out;
  const std::string report = cluster.last_report();
  ASSERT_EQ(shell(kSim + " restart " + cluster.dir()).code, 0);
  const std::string address = "/hosts/node-01/enter hccn_tool -i 4 -ip -g";
  const std::string planned = shell(cluster.dir() + address).out;
  const Ran undo = shell(kTouchstone + " undo " + report + " --yes");
  EXPECT_EQ(undo.code, 1) << undo.out;
  EXPECT_THAT(undo.out, ContainsRegex("\\[service\\] node-01: set the address of NPU 4"));
  EXPECT_THAT(undo.out, HasSubstr("interrupts: RDMA that runs on this NPU"));
  EXPECT_THAT(undo.out, ContainsRegex("refused +node-01"));
  for (const std::string& told : {undo.out, shell(kTouchstone + " journal show " + report).out})
    EXPECT_THAT(told, HasSubstr("NPU 4 is in use; stop the service first"));
  EXPECT_EQ(shell(cluster.dir() + address).out, planned);
}

// On the host, and in the container.
TEST(FixTrouble, AFullDiskOrOneThatMayOnlyBeRead) {
  Cluster cluster(2, "--no-service");
  for (const char* error : {"ENOSPC", "EROFS"}) {
    SCOPED_TRACE(error);
    for (const char* fault : {"rank-table-differs@node-01", "config-tls-on@node-01"})
      cluster.fault(fault);
    const std::string before = whole_state(cluster);
    for (const char* path : {"/data", "/usr/local/Ascend/mindie"})
      ASSERT_EQ(
          shell(kSim + " set " + cluster.dir() + " node-01 write_fails." + path + " " + error).code,
          0);
    const std::string failing = whole_state(cluster);
    std::string out;
    int code = -1;
    cluster.run("--fix --yes --chapter 3.2 --chapter 6.2", &code, &out);
    EXPECT_EQ(code, 1) << out;
    EXPECT_THAT(out, HasSubstr("failed"));
    // What was to be written elsewhere is there.
    EXPECT_EQ(state_difference(without_host(failing, "node-02"),
                               without_host(whole_state(cluster), "node-02")),
              "");
    const Ran told = shell(kTouchstone + " journal show " + cluster.last_report());
    EXPECT_THAT(told.out, HasSubstr("failed    node-01"));
    EXPECT_THAT(told.out, HasSubstr("ended with exit code"));
    EXPECT_THAT(told.out, Not(HasSubstr("half_done")));
    ASSERT_EQ(shell(kSim + " heal " + cluster.dir()).code, 0);
  }
}

// Of the container's layer, or for the lock, the copy and the journal of the host.
TEST(FixTrouble, AFullDiskOfTheContainerOrOfTheHostsJournal) {
  Cluster cluster(2, "--no-service --fault variable-missing@node-01");
  const struct {
    const char *path, *outcome;
  } rows[] = {{"/root/.bashrc", "failed"}, {"/root", "failed"}, {"/var/lib/touchstone", "skipped"}};
  for (const auto& row : rows) {
    SCOPED_TRACE(row.path);
    const std::string set = kSim + " set " + cluster.dir() + " node-01 write_fails.";
    ASSERT_EQ(shell(set + row.path + " ENOSPC").code, 0);
    const std::string failing = whole_state(cluster);
    std::string out;
    int code = -1;
    const RunRecord record = cluster.run("--fix --yes --step 4.3.2", &code, &out);
    EXPECT_EQ(code, 1) << out;
    ASSERT_FALSE(record.repairs.empty()) << out;
    for (const Repair& repair : record.repairs) {
      EXPECT_EQ(repair.outcome, row.outcome) << out;
      EXPECT_THAT(repair.why.en, Not(testing::IsEmpty()));
    }
    EXPECT_EQ(state_difference(failing, whole_state(cluster)), "");
    ASSERT_EQ(shell(set + row.path + " no").code, 0);
  }
  int code = -1;
  cluster.run("--fix --yes --step 4.3.2", &code);
  EXPECT_EQ(code, 0) << "nothing was left behind that would be in the way";
}

TEST(FixTrouble, AnOlderJournalOfTheSameFolderIsKept) {
  Cluster cluster(2, "--no-service --fault tls-on@node-01/1");
  const std::string folder = cluster.root() + "/same";
  const std::string run = kTouchstone + " run -i " + cluster.inventory() +
                          " --step 3.1.8 --fix --yes --force --out " + folder;
  EXPECT_EQ(shell(run).code, 0);
  cluster.fault("tls-on@node-01/2");
  EXPECT_EQ(shell(run).code, 0);
  const Ran undo = shell(kTouchstone + " undo " + folder + "/journal-older-1.jsonl --yes");
  EXPECT_EQ(undo.code, 0) << undo.out;
  EXPECT_THAT(undo.out, HasSubstr("NPU 1 to 0"));
  EXPECT_THAT(shell(kTouchstone + " journal show " + folder).out, HasSubstr("NPU 2 to 0"));
}

TEST(FixTrouble, NobodyToAsk) {
  Cluster cluster(2, "--no-service --fault tls-on@node-01/2");
  const Ran ran = shell(kTouchstone + " run -i " + cluster.inventory() + " --fix --out " +
                        cluster.root() + "/out");
  EXPECT_EQ(ran.code, 64) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("--yes"));
}

}  // namespace
}  // namespace touchstone
