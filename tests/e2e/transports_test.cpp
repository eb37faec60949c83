#include <filesystem>

#include <gmock/gmock.h>

#include "tests/e2e/cluster.h"
#include "tests/e2e/same_record.h"
#include "tests/e2e/skip.h"
#include "tests/e2e/sshd.h"

// The same cluster over exec, over real ssh, from a recording and from the script that is run by
// hand gives the same run record but for times.
namespace touchstone {
namespace {

using testing::HasSubstr;

class SameRecord : public testing::Test {
 protected:
  Cluster cluster_{2, kFaultsOfAllKinds};
};

TEST_F(SameRecord, FromARecording) {
  const RunRecord live = cluster_.run("--quiet");
  EXPECT_EQ(live.exit_code(), 1);
  const std::string report = cluster_.last_report();
  int code = -1;
  const RunRecord again = cluster_.run("--quiet --replay " + report, &code);
  EXPECT_EQ(code, 1);
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(timeless(live), timeless(again));
  EXPECT_EQ(timeless(live), timeless(cluster_.run("--quiet --replay " + report + "/recording")));
}

TEST_F(SameRecord, FromARecordingOfWhatWasSelected) {
  const RunRecord live = cluster_.run("--quiet --step 3.1.8,3.1.10 --host node-01");
  const RunRecord again = cluster_.run("--quiet --replay " + cluster_.last_report());
  EXPECT_EQ(timeless(live), timeless(again));
}

TEST_F(SameRecord, OverRealSsh) {
  TOUCHSTONE_SKIP_UNLESS(std::filesystem::exists("/usr/sbin/sshd"),
                         "there is no /usr/sbin/sshd (openssh-server)");
  const std::string over_exec = timeless(cluster_.run("--quiet"));
  const Sshd sshd(cluster_, 2);
  TOUCHSTONE_SKIP_UNLESS(sshd.runs(), "sshd cannot run here: " + sshd.log());
  cluster_.edit_inventory("transport: exec", "transport: ssh");
  cluster_.edit_inventory("  command:", "  # command:");
  std::string out;
  const RunRecord record =
      cluster_.run("--quiet --ssh-config " + sshd.client_config(), nullptr, &out);
  for (const HostInfo& host : record.hosts)
    EXPECT_EQ(host.state, "answered") << host.detail.en << sshd.log();
  EXPECT_EQ(over_exec, timeless(record)) << out;
}

TEST_F(SameRecord, SshTellsWhyAHostCannotBeReached) {
  TOUCHSTONE_SKIP_UNLESS(std::filesystem::exists("/usr/sbin/sshd"),
                         "there is no /usr/sbin/sshd (openssh-server)");
  const Sshd sshd(cluster_, 1);  // nobody listens on the second host's address
  TOUCHSTONE_SKIP_UNLESS(sshd.runs(), "sshd cannot run here: " + sshd.log());
  cluster_.edit_inventory("transport: exec", "transport: ssh");
  cluster_.edit_inventory("  command:", "  # command:");
  const RunRecord refused = cluster_.run("--quiet --ssh-config " + sshd.client_config());
  EXPECT_EQ(refused.hosts[0].state, "answered") << refused.hosts[0].detail.en;
  EXPECT_EQ(refused.hosts[1].state, "unreachable");
  EXPECT_THAT(refused.hosts[1].detail.en, HasSubstr("is sshd running"));
  shell("rm " + cluster_.root() + "/ssh/authorized");
  const RunRecord denied = cluster_.run("--quiet --ssh-config " + sshd.client_config());
  EXPECT_THAT(denied.hosts[0].detail.en, HasSubstr("no key was accepted"));
}

TEST_F(SameRecord, FromTheScriptRunByHand) {
  const RunRecord live = cluster_.run("--quiet");
  const std::string root = cluster_.root();
  ASSERT_EQ(
      shell(kTouchstone + " script -i " + cluster_.inventory() + " >" + root + "/collect.sh").code,
      0);
  for (const char* host : {"node-01", "node-02"})
    ASSERT_EQ(shell(cluster_.dir() + "/hosts/" + host + "/enter sh " + root + "/collect.sh " +
                    host + " >" + root + "/" + host + ".touchstone")
                  .code,
              0);
  const Ran imported =
      shell(kTouchstone + " recording import -i " + cluster_.inventory() + " --out " + root +
            "/recording " + root + "/node-01.touchstone " + root + "/node-02.touchstone");
  ASSERT_EQ(imported.code, 0) << imported.out;
  // What was brought from far away is not lost to a second import by mistake.
  const std::string cut_short = kTouchstone + " recording import -i " + cluster_.inventory() +
                                " --out " + root + "/recording " + root + "/cut";
  shell("head -c 20000 " + root + "/node-01.touchstone >" + root + "/cut");
  EXPECT_EQ(shell(cut_short).code, 73);
  RunRecord replayed = cluster_.run("--quiet --replay " + root + "/recording");
  // Clocks cannot be compared when nobody saw them being read: that one step says so.
  for (std::size_t i = 0; i < live.results.size(); ++i) {
    const std::string& id = live.steps[live.results[i].step].id;
    const Verdict expected = id == "0.3" ? Verdict::kNotApplicable : live.results[i].verdict;
    const Verdict verdict = replayed.results[i].verdict;
    // A script that is run by hand has one round: what is asked later was not asked, and is told.
    const bool later =
        id == "3.1.14" || id.starts_with("5.") || id.starts_with("6.3.") || id.starts_with("6.4.");
    const bool not_asked = verdict == Verdict::kError || verdict == Verdict::kBlocked;
    if (verdict == Verdict::kError) {
      EXPECT_THAT(replayed.results[i].reason.en, testing::HasSubstr("run by hand")) << id;
    }
    EXPECT_TRUE(verdict == expected || (later && not_asked))
        << id << " on " << live.results[i].target.str() << " is " << name_of(verdict);
  }
  ASSERT_EQ(replayed.meshes.size(), 1u);
  EXPECT_TRUE(replayed.meshes[0].pairs.empty()) << "nobody was asked, and the report says so";
  const Ran forced = shell(cut_short + " --force");
  EXPECT_EQ(forced.code, 0);
  EXPECT_THAT(forced.out, HasSubstr("of node-01; the file ends before the script did"));
  EXPECT_THAT(forced.out, HasSubstr("\nRecording: " + root + "/recording\n"));
  EXPECT_THAT(shell(cut_short + " --force --lang zh").out,
              HasSubstr("\n录制数据:" + root + "/recording\n"));
  EXPECT_FALSE(std::filesystem::exists(root + "/recording/hosts/node-02.jsonl"));
}

TEST_F(SameRecord, ForeignFilesAreNotImported) {
  const std::string root = cluster_.root();
  const std::string import = kTouchstone + " recording import -i " + cluster_.inventory() +
                             " --out " + root + "/recording ";
  shell("echo nothing >" + root + "/nothing; printf '#touchstone-answers 00 node-99\\n' >" + root +
        "/stranger");
  EXPECT_EQ(shell(import + root + "/nothing").code, 78);
  const Ran stranger = shell(import + root + "/stranger");
  EXPECT_EQ(stranger.code, 78);
  EXPECT_THAT(stranger.out, HasSubstr("node-99"));
}

TEST(DamagedRecordings, AreToldWithFileAndLine) {
  Cluster cluster(2);
  cluster.run("--quiet");
  const std::string recording = cluster.last_report() + "/recording",
                    host = recording + "/hosts/node-01.jsonl";
  const std::string run =
      kTouchstone + " run --quiet --out " + cluster.root() + "/again --force --replay " + recording;
  ASSERT_EQ(shell(run).code, 0);
  shell("sed -i '3s/.*/{broken/' " + host);
  const Ran broken = shell(run);
  EXPECT_EQ(broken.code, 78);
  EXPECT_THAT(broken.out, HasSubstr("node-01.jsonl:3:"));
  shell("rm " + host);
  EXPECT_EQ(shell(run).code, 78);
  shell("echo '[[[' >" + recording + "/manifest.json");
  EXPECT_EQ(shell(run).code, 78);
  EXPECT_EQ(shell(kTouchstone + " run --replay /nonexistent").code, 78);
}

}  // namespace
}  // namespace touchstone
