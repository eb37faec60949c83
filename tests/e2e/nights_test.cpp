// What a cluster's nights need beside a single run: waivers, reports made again, a history.
#include <filesystem>

#include <gmock/gmock.h>

#include "tests/e2e/cluster.h"
#include "tests/places.h"

namespace touchstone {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Nights : public testing::Test {
 protected:
  void file(const std::string& name, const std::string& text) {
    std::ofstream(cluster_.root() + "/" + name, std::ios::binary) << text;
  }
  std::string path(const std::string& name) const { return cluster_.root() + "/" + name; }

  static std::string waiver(const std::string& expires) {
    return "touchstone: 1\nwaivers:\n  - steps: [\"3.1.8\"]\n    targets: "
           "[node-01/npu3]\n    justification: ordered\n    approver: Li Wei\n    expires: " +
           expires + "\n";
  }

  Cluster cluster_;
};

TEST_F(Nights, AWaiverAcceptsAFailureUntilItExpires) {
  cluster_.fault("tls-on@node-01/3");
  file("good.yaml", waiver("2199-12-31 Asia/Shanghai"));
  file("old.yaml", waiver("2026-01-31 Asia/Shanghai"));
  file("bad.yaml", waiver("2026-12-31"));
  int code = 0;
  std::string out;
  const std::string run = "--step 3.1.8 --waivers ";
  const RunRecord waived = cluster_.run(run + path("good.yaml"), &code, &out);
  EXPECT_EQ(code, 0) << out;
  EXPECT_THAT(out, AllOf(HasSubstr("ACCEPTED"), HasSubstr("1 waived"), HasSubstr("ordered")));
  EXPECT_EQ(waived.counts().at(Verdict::kWaived), 1U);
  const std::string junit = slurp(cluster_.last_report() + "/junit.xml");
  EXPECT_THAT(junit, AllOf(HasSubstr("<skipped message=\"waived: ordered (approved by Li Wei"),
                           Not(HasSubstr("<failure"))));
  EXPECT_THAT(slurp(cluster_.last_report() + "/index.html"), HasSubstr("id=\"waivers\""));
  // Judged again later, it is judged as of then.
  const Ran again = shell(kTouchstone + " run --replay " + cluster_.last_report() + " --out " +
                          path("again") + " --waivers " + path("good.yaml"));
  EXPECT_EQ(again.code, 0) << again.out;
  cluster_.run(run + path("old.yaml"), &code, &out);
  EXPECT_EQ(code, 1);
  EXPECT_THAT(out, AllOf(HasSubstr("Its waiver has expired: 2026-01-31 Asia/Shanghai"),
                         HasSubstr("expired: it counts no more: 1 results")));
  const Ran wrong = shell(kTouchstone + " run -i " + cluster_.inventory() + " --waivers " +
                          path("bad.yaml") + " --out " + path("none"));
  EXPECT_EQ(wrong.code, 78);
  EXPECT_THAT(wrong.out, HasSubstr("bad.yaml:7:14: waivers[0].expires: no time zone is named"));
  EXPECT_FALSE(std::filesystem::exists(path("none")));
}

// Five nights: a fault comes, stays, goes, comes again.
TEST_F(Nights, AHistoryTellsWhatCameAndWent) {
  const std::string kept = "--step 3.1.8 --history " + path("history.db");
  const auto night = [&] {
    std::string out;
    cluster_.run(kept, nullptr, &out);
    return out;
  };
  const auto heal = [&] { shell(kSim + " heal " + cluster_.dir()); };
  EXPECT_THAT(night(), HasSubstr("This is the first run of this history."));
  cluster_.fault("tls-on@node-01/3");
  EXPECT_THAT(night(), HasSubstr("1 new"));
  const std::string page = slurp(cluster_.last_report() + "/index.html");
  EXPECT_THAT(page, AllOf(HasSubstr("id=\"news\""), HasSubstr("trend.svg")));
  EXPECT_TRUE(std::filesystem::exists(cluster_.last_report() + "/trend.svg"));
  EXPECT_THAT(slurp(cluster_.last_report() + "/description.txt"),
              AllOf(HasSubstr("REJECTED"), HasSubstr("1 fail"), HasSubstr("1 new")));
  EXPECT_THAT(night(), HasSubstr("1 still failing"));
  EXPECT_THAT(slurp(cluster_.last_report() + "/junit.xml"),
              HasSubstr("<property name=\"history\" value=\"still failing\" />"));
  heal();
  EXPECT_THAT(night(), HasSubstr("1 recovered"));
  cluster_.fault("tls-on@node-01/3");
  EXPECT_THAT(night(), HasSubstr("1 flapping"));
  const std::string file = path("history.db");
  const Ran trend = shell(kTouchstone + " history trend " + file);
  EXPECT_EQ(trend.code, 0);
  EXPECT_THAT(trend.out, HasSubstr(".xx.x    3  3.1.8   node-01/npu3\n"));
  const Ran show = shell(kTouchstone + " history show --lang zh " + file);
  EXPECT_THAT(show.out,
              AllOf(HasSubstr("验收通过"), HasSubstr("反复出现"), HasSubstr("node-01/npu3")));
  const Ran compare = shell(kTouchstone + " history compare " + file + " 1 2");
  EXPECT_THAT(compare.out, HasSubstr("3.1.8   node-01/npu3  pass -> fail\n"));
  EXPECT_EQ(shell(kTouchstone + " history compare " + file + " 1 99").code, 64);
  EXPECT_EQ(shell(kTouchstone + " history prune --keep-days 1 " + file).out, "0 runs removed\n");
}

TEST_F(Nights, AHistoryThatCannotBeUsedIs78BeforeAnyHostIsAsked) {
  file("history.db",
       "this is a shopping list, and long enough to be more than a hundred bytes of "
       "text: milk, bread, butter, eggs");
  const std::string before = slurp(path("history.db"));
  const Ran ran = shell(kTouchstone + " run -i " + cluster_.inventory() + " --history " +
                        path("history.db") + " --out " + path("none"));
  EXPECT_EQ(ran.code, 78);
  EXPECT_THAT(ran.out, HasSubstr("is no history"));
  EXPECT_FALSE(std::filesystem::exists(path("none")));
  EXPECT_EQ(slurp(path("history.db")), before);
  EXPECT_EQ(shell(kTouchstone + " history show " + path("nowhere.db")).code, 78);
}

TEST_F(Nights, AReportIsMadeAgainFromTheRecord) {
  cluster_.fault("tls-on@node-01/3");
  const std::string metrics = path("touchstone.prom");
  cluster_.run("--step 3.1.8 --metrics " + metrics);
  const std::string report = cluster_.last_report();
  const auto again = [&](const std::string& words) {
    return shell(kTouchstone + " report " + report + " " + words);
  };
  EXPECT_EQ(again("--format junit").out, slurp(report + "/junit.xml"));
  EXPECT_EQ(again("--format json").out, slurp(report + "/run.json"));
  EXPECT_EQ(again("--format metrics").out, slurp(metrics));
  EXPECT_THAT(again("--lang zh").out, HasSubstr("验收不通过"));
  EXPECT_THAT(again("--format ctrf").out, HasSubstr("\"reportFormat\": \"CTRF\""));
  EXPECT_EQ(again("--format html --out " + path("again")).code, 0);
  EXPECT_EQ(slurp(path("again/index.html")), slurp(report + "/index.html"));
  EXPECT_EQ(again("--format html").code, 64);
  // One file goes wherever a text goes.
  EXPECT_EQ(again("--format html --html=single --out " + path("one.html")).code, 0);
  EXPECT_EQ(again("--format html --html=single").out, slurp(path("one.html")));
  EXPECT_THAT(slurp(path("one.html")), HasSubstr("<style>"));
  EXPECT_EQ(again("--html=single").code, 64);
  EXPECT_EQ(again("--format junit --out " + report + "/junit.xml").code, 73);
  EXPECT_EQ(shell(kTouchstone + " report " + path("nowhere")).code, 78);
  EXPECT_THAT(slurp(metrics), HasSubstr("touchstone_step_results{cluster="));
}

// The collector may look at any moment: whoever has the old file open keeps the whole of it.
TEST_F(Nights, MetricsAreReplacedWhole) {
  const std::string folder = path("textfile"), metrics = folder + "/touchstone.prom";
  std::filesystem::create_directory(folder);
  int code = -1;
  cluster_.run("--step 3.1.8 --metrics " + metrics, &code);
  EXPECT_EQ(code, 0);
  const std::string first = slurp(metrics), kept = path("kept.prom");
  std::filesystem::create_hard_link(metrics, kept);
  cluster_.fault("tls-on@node-01/3");
  cluster_.run("--step 3.1.8 --metrics " + metrics);
  EXPECT_EQ(slurp(kept), first) << "it was written over in place";
  EXPECT_THAT(slurp(metrics), HasSubstr("touchstone_run_exit_code{cluster=\"sim-2\"} 1\n"));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
  cluster_.run("--step 3.1.3 --metrics " + path("none/touchstone.prom"), &code);
  EXPECT_EQ(code, 73) << "accepted, but what was asked for is not there";
}

TEST_F(Nights, WhatMovedSinceHandoverIsTold) {
  cluster_.run("--chapter 3.1");
  const std::string handover = cluster_.last_report();
  EXPECT_EQ(shell(kTouchstone + " diff " + handover + " " + handover).code, 0);
  cluster_.fault("tls-on@node-01/3");
  std::string out;
  const RunRecord now = cluster_.run("--chapter 3.1 --baseline " + handover, nullptr, &out);
  EXPECT_THAT(out, AllOf(HasSubstr("What moved since the run of"), HasSubstr("tls"),
                         HasSubstr("0 -> 1  node-01/npu3")));
  EXPECT_FALSE(now.baseline.moved.empty());
  EXPECT_THAT(slurp(cluster_.last_report() + "/index.html"), HasSubstr("id=\"moved\""));
  const Ran diff = shell(kTouchstone + " diff " + handover + " " + cluster_.last_report());
  EXPECT_EQ(diff.code, 1);
  EXPECT_THAT(diff.out, HasSubstr("0 -> 1  node-01/npu3"));
}

TEST_F(Nights, ConfigurationThatMovedSinceHandoverIsTold) {
  cluster_.run("");
  const std::string handover = cluster_.last_report();
  cluster_.run("");
  EXPECT_EQ(shell(kTouchstone + " diff " + handover + " " + cluster_.last_report()).out,
            shell(kTouchstone + " diff " + handover + " " + handover).out)
      << "nobody moved anything";
  cluster_.fault("config-world-size");
  cluster_.fault("world-size-of-one-host");
  cluster_.fault("container-other-image@node-02");
  const RunRecord now = cluster_.run("--baseline " + handover);
  std::map<std::string, const Moved*> moved;
  for (const Moved& one : now.baseline.moved) moved[one.what] = &one;
  const auto expect = [&](const std::string& what, const std::string& from, const std::string& to,
                          const std::vector<std::string>& hosts) {
    ASSERT_TRUE(moved.contains(what)) << what;
    EXPECT_EQ(moved.at(what)->from, from) << what;
    EXPECT_EQ(moved.at(what)->to, to) << what;
    EXPECT_THAT(moved.at(what)->targets, testing::ElementsAreArray(hosts)) << what;
  };
  expect("config.json BackendConfig.ModelDeployConfig.ModelConfig[0].worldSize", "8", "16",
         {"node-01", "node-02"});
  expect("variable WORLD_SIZE", "16", "8", {"node-01", "node-02"});
  ASSERT_TRUE(moved.contains("container image"));
  EXPECT_THAT(moved.at("container image")->targets, testing::ElementsAre("node-02"));
  // A host that is silent has moved nothing: its verdicts tell.
  shell(kSim + " heal " + cluster_.dir());
  cluster_.fault("unreachable@node-02");
  for (const Moved& one : cluster_.run("--baseline " + handover).baseline.moved)
    EXPECT_TRUE(verdict_from(one.from) && verdict_from(one.to))
        << one.what << ": " << one.from << " -> " << one.to;
  shell(kSim + " heal " + cluster_.dir());
  // A night of one chapter has asked for nothing of this.
  const RunRecord part = cluster_.run("--chapter 3.1 --baseline " + handover);
  for (const Moved& one : part.baseline.moved)
    ADD_FAILURE() << one.what << ": " << one.from << " -> " << one.to;
}

// The fault goes between the looks: it is healed once the first answers are on the disk.
TEST_F(Nights, APassOnASecondLookIsFlaky) {
  cluster_.fault("tls-on@node-01/3");
  const std::string report = path("flaky");
  const Ran ran = shell(
      "( until [ -e " + report + "/recording/manifest.json ]; do sleep 0.1; done; " + kSim +
      " heal " + cluster_.dir() + " ) >/dev/null & " + kTouchstone + " run -i " +
      cluster_.inventory() + " --second-look 0 --step 3.1.8 --out " + report +
      " --recheck 3 --after 5 --history " + path("history.db") + "; code=$?; wait; exit $code");
  EXPECT_EQ(ran.code, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("1 passed only when asked again"));
  const std::string junit = slurp(report + "/junit.xml");
  EXPECT_THAT(
      junit,
      AllOf(HasSubstr("<flakyFailure message=\"expected TLS switch 0, actual TLS switch 1\""),
            Not(HasSubstr("<failure"))));
  EXPECT_THAT(shell(kTouchstone + " history trend " + path("history.db")).out,
              HasSubstr("f    0  3.1.8   node-01/npu3"));
  // The recording holds what was answered last: judged again, it passes.
  EXPECT_EQ(shell(kTouchstone + " run --replay " + report + " --out " + path("again")).code, 0);
  EXPECT_EQ(shell(kTouchstone + " run -i " + cluster_.inventory() + " --after 5").code, 64);
}

TEST_F(Nights, AFaultThatStaysFailsAtEveryLook) {
  cluster_.fault("tls-on@node-01/3");
  int code = 0;
  const RunRecord record = cluster_.run("--step 3.1.8 --recheck 2 --after 0", &code);
  EXPECT_EQ(code, 1);
  EXPECT_EQ(record.counts().at(Verdict::kFail), 1U);
}

// The shell of the Jenkinsfile, as Jenkins would run it.
class Jenkinsfile : public Nights {
 protected:
  // What a function of it gives to the shell.
  Ran run(const std::string& function, const std::string& first = "") {
    const std::string whole = slurp(source_dir() + "/Jenkinsfile");
    const std::size_t begin = whole.find("script: '''", whole.find("def " + function + "()")) + 11;
    file("jenkins.sh", whole.substr(begin, whole.find("'''", begin) - begin));
    return shell("cd " + cluster_.root() + " && " + first + " PATH=" + build_dir() +
                 "/bin:$PATH INVENTORY=cluster/cluster.yaml HISTORY=" + path("history.db") +
                 " REPAIR=true sh -xe jenkins.sh");
  }
  void expect_made(std::initializer_list<const char*> names) {
    for (const char* name : names) EXPECT_TRUE(std::filesystem::exists(path(name))) << name;
  }
};

TEST_F(Jenkinsfile, ChecksEveryNightIntoAFreshFolder) {
  cluster_.fault("tls-on@node-01/3");
  file("waivers.yaml", "touchstone: 1\nwaivers: []\n");
  const Ran ran = run("check");
  EXPECT_EQ(ran.code, 1) << ran.out;
  expect_made({"report/junit.xml", "report/index.html", "report/description.txt",
               "report/badge.txt", "report/run.json", "report/plan.json",
               "report/recording/manifest.json", "history.db"});
  EXPECT_EQ(run("check").code, 1);  // the second night replaces the report
}

TEST_F(Jenkinsfile, RepairsWhatWasShownAndKeepsTheReportOfBefore) {
  cluster_.fault("tls-on@node-01/3");
  EXPECT_EQ(run("check").code, 1);
  const Ran repaired = run("repair");
  EXPECT_EQ(repaired.code, 0) << repaired.out;
  expect_made({"repair/journal.jsonl", "report-before/index.html", "report-before/plan.json"});
  EXPECT_FALSE(std::filesystem::exists(path("report")));
  const Ran again = run("check");
  EXPECT_EQ(again.code, 0) << again.out;
}

// A part of the plan was not made: the check comes all the same.
TEST_F(Jenkinsfile, ARepairThatWasNotMadeLeavesTheFolderForTheNextCheck) {
  cluster_.fault("tls-on@node-01/3");
  EXPECT_EQ(run("check").code, 1);
  const Ran repaired = run("repair", kSim + " fault " + cluster_.dir() + " unreachable@node-01;");
  EXPECT_EQ(repaired.code, 1) << repaired.out;
  expect_made({"repair/journal.jsonl", "report-before/index.html"});
  EXPECT_FALSE(std::filesystem::exists(path("report")));
}

}  // namespace
}  // namespace touchstone
