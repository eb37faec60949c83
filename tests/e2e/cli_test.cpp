#include <filesystem>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include "tests/e2e/cluster.h"

namespace touchstone {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// What people type, and what they get for typing it wrong.
class CommandLine : public testing::Test {
 protected:
  Ran touchstone(const std::string& words) {
    return shell("cd " + cluster_.root() + " && " + kTouchstone + " " + words);
  }
  void file(const std::string& name, const std::string& text) {
    std::ofstream(cluster_.root() + "/" + name, std::ios::binary) << text;
  }

  Cluster cluster_;
};

TEST_F(CommandLine, WrongUsageIs64) {
  for (const char* words :
       {"", "--no-such-option", "run --forks 0", "run --lang fr", "parse", "parse no-such-kind",
        "profile", "rank-table", "init", "run -i cluster/cluster.yaml --step 9.9.9",
        "run -i cluster/cluster.yaml --host node-77",
        "run -i cluster/cluster.yaml --host 'node-[01-03]'",
        "run -i cluster/cluster.yaml --replay report",
        "run -i cluster/cluster.yaml --step 3.1.9 --host node-01"})
    EXPECT_EQ(touchstone(words).code, 64) << words;
  EXPECT_EQ(touchstone("--help").code, 0);
  EXPECT_THAT(touchstone("run -h").out, Not(HasSubstr("Google Test")));
  EXPECT_THAT(touchstone("--version").out, HasSubstr("touchstone "));
}

TEST_F(CommandLine, AWrongInventoryIs78WithItsPlace) {
  file("bad.yaml",
       "touchstone: 1\ncluster: x\nprofile: deepseek-r1-w8a8\ngroups:\n  - name: g\n    hosts:\n   "
       "   - {name: a, adress: 10.0.0.1}\n");
  const Ran ran = touchstone("run -i bad.yaml");
  EXPECT_EQ(ran.code, 78);
  EXPECT_THAT(ran.out,
              AllOf(HasSubstr("bad.yaml:7:19"), HasSubstr("adress"), HasSubstr("address")));
  EXPECT_EQ(touchstone("run -i nowhere.yaml").code, 78);
  const Ran chinese = touchstone("run -i bad.yaml --lang zh");
  EXPECT_EQ(chinese.code, 78);
  EXPECT_THAT(chinese.out, AllOf(HasSubstr("bad.yaml:7:19: groups[0].hosts[0].adress: 未知的键"),
                                 HasSubstr("是否为 'address'?")));
  EXPECT_THAT(touchstone("list --step 9.9.9 --lang zh").out, HasSubstr("没有这一步"));
}

TEST_F(CommandLine, ARefusalSpeaksTheLanguageThatWasAskedFor) {
  const std::string words = "parse hccn-link --lang ";
  file("link", "link status: MAYBE\n");
  const Ran english = touchstone(words + "en link"), chinese = touchstone(words + "zh link");
  EXPECT_EQ(english.code, 1);
  EXPECT_EQ(english.out, touchstone("parse hccn-link link").out);
  EXPECT_THAT(english.out, HasSubstr("line 1 is \"link status: MAYBE\", expected"));
  EXPECT_EQ(chinese.code, 1);
  EXPECT_THAT(chinese.out, HasSubstr("第 1 行是 \"link status: MAYBE\",应为"));
}

TEST_F(CommandLine, SelectsStepsChaptersAndHosts) {
  const RunRecord step = cluster_.run("--quiet --step 3.1.8,3.1.9 --host node-02");
  EXPECT_EQ(step.results.size(), 9U);
  EXPECT_EQ(step.results.back().verdict, Verdict::kNotSelected);
  const RunRecord chapter = cluster_.run("--quiet --chapter 3.2");
  for (const StepInfo& info : chapter.steps) EXPECT_EQ(info.chapter, "3.2");
  const Ran list = touchstone("list -i cluster/cluster.yaml --chapter 3");
  EXPECT_THAT(list.out, AllOf(HasSubstr("3.1.8"), HasSubstr("16 x npu"), Not(HasSubstr("2.1.1"))));
  EXPECT_THAT(touchstone("list --lang zh").out, HasSubstr("链路状态为 UP"));
}

TEST_F(CommandLine, TheReportsFolderIsFreshOrForced) {
  EXPECT_EQ(touchstone("run -i cluster/cluster.yaml --step 0.1 --quiet").code, 0);
  EXPECT_EQ(touchstone("run -i cluster/cluster.yaml --step 0.1 --quiet").code, 0);
  EXPECT_TRUE(std::filesystem::exists(cluster_.root() + "/touchstone-report/latest/index.html"));
  file("precious", "keep me");
  EXPECT_EQ(touchstone("run -i cluster/cluster.yaml --step 0.1 --quiet --out .").code, 73);
  EXPECT_EQ(touchstone("run -i cluster/cluster.yaml --step 0.1 --quiet --out . --force").code, 0);
  // Of an earlier report in the folder nothing stays, and nothing else goes.
  const std::string again = "run -i cluster/cluster.yaml --step 0.1 --quiet --force --out again ";
  EXPECT_EQ(touchstone(again + "--html=single").code, 0);
  const auto there = [&](const std::string& name) {
    return std::filesystem::exists(cluster_.root() + "/again/" + name);
  };
  EXPECT_TRUE(there("report.html") && there("host-node-02.html"));
  shell("touch " + cluster_.root() + "/again/notes.html");
  EXPECT_EQ(touchstone(again + "--host node-01").code, 0);
  EXPECT_FALSE(there("report.html") || there("host-node-02.html"));
  EXPECT_TRUE(there("host-node-01.html") && there("notes.html"));
  EXPECT_EQ(slurp(cluster_.root() + "/precious"), "keep me");
  EXPECT_EQ(touchstone("run -i cluster/cluster.yaml --step 0.1 --out /proc/no/such").code, 73);
}

TEST_F(CommandLine, GtestsOptionsWorkOnTheVerdictsAndDeselectNothingSilently) {
  cluster_.fault("tls-on@node-01/3");
  const std::string run =
      "run -i cluster/cluster.yaml --second-look 0 --step 3.1.8 --quiet --force --out r ";
  const Ran ran = touchstone(run + "--gtest_output=xml:gtest.xml");
  EXPECT_EQ(ran.code, 1) << ran.out;
  EXPECT_THAT(slurp(cluster_.root() + "/gtest.xml"),
              AllOf(HasSubstr("tests=\"16\""), HasSubstr("failures=\"1\"")));
  EXPECT_EQ(shell("cd " + cluster_.root() + " && GTEST_FILTER=-* " + kTouchstone + " " + run).code,
            1);
  const Ran list = touchstone("run -i cluster/cluster.yaml --step 3.1.8 --gtest_list_tests");
  EXPECT_EQ(list.code, 0);
  EXPECT_THAT(list.out, HasSubstr("node-02/npu7"));
}

TEST_F(CommandLine, AnInterruptedRunIs130AndLeavesAReportAndNoProcess) {
  cluster_.fault("hangs@node-01");
  const std::string marker = cluster_.root();
  const Ran ran = touchstone(
      "run -i cluster/cluster.yaml --quiet --out r & p=$!; sleep 1; kill -INT $p; wait $p");
  EXPECT_EQ(ran.code, 130) << ran.out;
  EXPECT_TRUE(std::filesystem::exists(cluster_.root() + "/r/junit.xml"));
  EXPECT_FALSE(run_from_json(slurp(cluster_.root() + "/r/run.json")).complete);
  shell("sleep 1");
  EXPECT_EQ(shell("pgrep -f " + marker +
                  " | grep -v $$ | xargs -r ps -o args= -p | grep -v pgrep | grep enter")
                .out,
            "");
}

// Results are written as they come: the killed run has told what it knew, and what never ran.
TEST_F(CommandLine, AKilledRunLeavesWhatItHasFoundInJunit) {
  cluster_.fault("hangs@node-01");
  cluster_.fault("link-down@node-02/3");
  // The killed run cannot stop what it started: its child, by its number.
  shell("cd " + cluster_.root() + "; " + kTouchstone +
        " run -i cluster/cluster.yaml --quiet --out r & p=$!; cd " + cluster_.root() +
        "; n=0; until grep -q '<failure' r/junit.xml || [ $n -gt 300 ]; do sleep .1; "
        "n=$((n + 1)); done; pgrep -P $p >children; kill -KILL $p; wait $p");
  shell("kill $(cat " + cluster_.root() + "/children); true");
  pugi::xml_document document;
  ASSERT_TRUE(document.load_file((cluster_.root() + "/r/junit.xml").c_str()));
  const auto case_of = [&](const std::string& step, const std::string& target) {
    return document
        .select_node(
            ("//testcase[starts-with(@name,'" + step + " ') and contains(@name,' " + target + "')]")
                .c_str())
        .node();
  };
  const auto not_run = [](pugi::xml_node test) {
    return test.child("error").attribute("message").value() == std::string("not run");
  };
  EXPECT_TRUE(case_of("3.1.3", "node-02/npu3").child("failure"));
  const pugi::xml_node passed = case_of("3.1.3", "node-02/npu2");
  EXPECT_TRUE(passed && !passed.first_child()) << "passed";
  EXPECT_TRUE(not_run(case_of("0.1", "node-01"))) << "it has not ended";
  EXPECT_TRUE(not_run(case_of("3.1.3", "node-01/npu2"))) << "nor is it blocked";
  EXPECT_TRUE(not_run(case_of("3.1.2", "cluster"))) << "it compares all hosts";
  EXPECT_TRUE(not_run(case_of("5.1.1", "node-02"))) << "it is asked in a later round";
  EXPECT_TRUE(document.select_node("//property[@name='complete' and @value='false']"));
}

TEST_F(CommandLine, ParsePrintsJsonOrTheReason) {
  file("link", "link status: UP\n");
  file("masked", "ipaddr:10.xx.xx.10\nnetmask:255.255.255.0\n");
  const Ran link = touchstone("parse hccn-link link");
  EXPECT_EQ(link.code, 0);
  EXPECT_TRUE(json::parse(link.out).is_object()) << link.out;
  const Ran masked = touchstone("parse hccn-ip masked");
  EXPECT_EQ(masked.code, 1);
  EXPECT_THAT(masked.out, HasSubstr("masked"));
  EXPECT_EQ(touchstone("parse hccn-link <link").code, 0);
  const Ran nowhere = touchstone("parse hccn-link nowhere");
  EXPECT_EQ(nowhere.code, 1);
  EXPECT_THAT(nowhere.out, StartsWith("refused (unreadable): nowhere: cannot be opened"));
  EXPECT_THAT(touchstone("parse --list").out,
              AllOf(HasSubstr("npu-smi-info"), HasSubstr("rank-table"), HasSubstr("hccn-conf")));
}

TEST_F(CommandLine, ProfilesAreShown) {
  EXPECT_THAT(touchstone("profile list").out, HasSubstr("deepseek-v3-bf16"));
  EXPECT_THAT(touchstone("profile show deepseek-r1-w8a8").out,
              AllOf(HasSubstr("24.1.rc3"), HasSubstr("7.5.0.1.129")));
  const Ran unknown = touchstone("profile show deepseek-r1");
  EXPECT_EQ(unknown.code, 78);
  EXPECT_THAT(unknown.out, HasSubstr("deepseek-r1-w8a8"));
}

TEST_F(CommandLine, InitWritesAnInventoryThatLoads) {
  EXPECT_EQ(touchstone("init root@10.0.0.1:2222 'node-[02-04]' --out new.yaml").code, 0);
  EXPECT_EQ(touchstone("init other --out new.yaml").code, 73)
      << "a file that is there is not replaced";
  EXPECT_THAT(touchstone("list -i new.yaml").out, HasSubstr("on 4 hosts"));
  EXPECT_EQ(touchstone("init --from-rank-table "
                       "cluster/hosts/node-01/root/data/hm/rank_table_file.json --out table.yaml")
                .code,
            0);
  EXPECT_THAT(touchstone("list -i table.yaml").out, HasSubstr("on 2 hosts"));
  EXPECT_THAT(slurp(cluster_.root() + "/table.yaml"),
              AllOf(HasSubstr("descending"), HasSubstr("10.20.1.10")));
  file("hosts.ini",
       "[npu]\nnode-[01:03] ansible_user=root\n\n[other]\nx ansible_host=10.1.1.1 "
       "ansible_port=2200\n");
  EXPECT_EQ(touchstone("init --from-ansible hosts.ini --out ansible.yaml").code, 0);
  EXPECT_THAT(touchstone("list -i ansible.yaml").out, HasSubstr("on 4 hosts"));
}

// Where the recording is wanted that is yet to be made of it.
TEST_F(CommandLine, AFileOfTheCollectionScriptIsToldFromARecording) {
  file("node-01.touchstone", "#touchstone-answers 0123456789abcdef node-01\n");
  const std::string import = "`touchstone recording import -i cluster.yaml --out DIR FILE…`";
  const Ran english = touchstone("run --replay node-01.touchstone --out none"),
            chinese = touchstone("run --replay node-01.touchstone --out none --lang zh");
  for (const Ran& ran : {english, chinese}) {
    EXPECT_EQ(ran.code, 78);
    EXPECT_THAT(ran.out, AllOf(HasSubstr("node-01.touchstone"), HasSubstr(import)));
  }
  EXPECT_THAT(english.out, HasSubstr("no recording yet"));
  EXPECT_THAT(chinese.out, HasSubstr("还不是录制数据"));
}

TEST_F(CommandLine, RankTablesAreBuiltCheckedAndCompared) {
  const std::string table = "cluster/hosts/node-01/root/data/hm/rank_table_file.json";
  const Ran built = touchstone("rank-table build -i cluster/cluster.yaml --out built.json");
  EXPECT_EQ(built.code, 0) << built.out;
  const Ran same = touchstone("rank-table diff built.json " + table);
  EXPECT_EQ(same.code, 0) << same.out;
  EXPECT_EQ(touchstone("rank-table check built.json").code, 1)
      << "a server_id of the loopback is worth telling";
  EXPECT_EQ(touchstone("rank-table check built.json -i cluster/cluster.yaml").code, 0)
      << "unless the inventory names it";
  EXPECT_EQ(
      touchstone("rank-table build -i cluster/cluster.yaml --form hccl-tools --out tools.json")
          .code,
      0);
  EXPECT_THAT(slurp(cluster_.root() + "/tools.json"),
              AllOf(HasSubstr("host_nic_ip"), Not(HasSubstr("container_ip"))));
  const Ran differs = touchstone("rank-table diff built.json tools.json");
  EXPECT_EQ(differs.code, 1);
  EXPECT_THAT(differs.out, HasSubstr("container_ip"));
  cluster_.fault("ip-unset@node-02/5");
  const Ran hole = touchstone("rank-table build -i cluster/cluster.yaml --out hole.json");
  EXPECT_EQ(hole.code, 2);
  EXPECT_THAT(hole.out, HasSubstr("node-02/npu5"));
  EXPECT_FALSE(std::filesystem::exists(cluster_.root() + "/hole.json"));
  cluster_.fault("rank-table-comments@node-01");
  const Ran pasted = touchstone("rank-table check " + table);
  EXPECT_EQ(pasted.code, 1);
  EXPECT_THAT(pasted.out, HasSubstr("#"));
}

}  // namespace
}  // namespace touchstone
