// `touchstone fix PLAN`: exactly that plan, or nothing of it and why.
#include <filesystem>
#include <tuple>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "harness/model/shell_words.h"
#include "tests/e2e/whole_state.h"

namespace touchstone {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

// Path of the plan that a run has left.
std::string plan_of(Cluster& cluster, const std::string& options) {
  cluster.run("--plan " + options);
  return cluster.last_report() + "/plan.json";
}

Ran fix_by(const Cluster& cluster, const std::string& plan, const std::string& name = "fixed",
           const std::string& more = "") {
  return shell(kTouchstone + " fix " + plan + " -i " + cluster.inventory() + " --yes --out " +
               cluster.root() + "/" + name + " " + more);
}

// What journal show tells of it, without the line of the run.
std::string journal_of(const Cluster& cluster, const std::string& name,
                       const std::string& more = "") {
  const std::string told =
      shell(kTouchstone + " journal show " + cluster.root() + "/" + name + " " + more).out;
  return told.substr(told.find('\n') + 1);
}

TEST(FixPlans, APlanAppliedAsItIs) {
  Cluster cluster(2, "--no-service");
  cluster.fault("tls-on@node-01/2");
  cluster.fault("runc-owner@node-02");
  const std::string plan = plan_of(cluster, "--chapter 3.1");
  const Ran ran = fix_by(cluster, plan);
  EXPECT_EQ(ran.code, 0) << ran.out;
  int code = -1;
  cluster.run("--chapter 3.1", &code);
  EXPECT_EQ(code, 0);
  cluster.run("--step 2.2.4", &code);
  EXPECT_EQ(code, 1) << "what was not in the plan was not touched";
}

TEST(FixPlans, APlanWhoseGroundHasMoved) {
  Cluster cluster(2, "--no-service");
  cluster.fault("tls-on@node-01/2");
  cluster.fault("netdetect-unset@node-02/1");
  const std::string plan = plan_of(cluster, "--chapter 3.1");
  shell(cluster.dir() + "/hosts/node-01/enter hccn_tool -i 2 -tls -s enable 0");
  shell(cluster.dir() + "/hosts/node-02/enter hccn_tool -i 1 -netdetect -s address 10.20.9.9");
  const std::string before = whole_state(cluster);
  const Ran ran = fix_by(cluster, plan);
  EXPECT_EQ(ran.code, 1) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("no longer what the plan was made from: expected "));
  EXPECT_THAT(ran.out, HasSubstr("10.20.9.9"));
  EXPECT_THAT(ran.out, HasSubstr("make a new plan"));
  EXPECT_EQ(whole_state(cluster), before);
}

TEST(FixPlans, AHostThatWentAwaySinceThePlan) {
  Cluster cluster(2, "--no-service");
  cluster.fault("tls-on@node-01/2");
  cluster.fault("tls-on@node-02/2");
  const std::string plan = plan_of(cluster, "--chapter 3.1");
  cluster.fault("unreachable@node-02");
  const std::string before = whole_state(cluster);
  const Ran ran = fix_by(cluster, plan);
  EXPECT_EQ(ran.code, 1) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("not applied as a whole"));
  for (const std::string& told : {ran.out, journal_of(cluster, "fixed")}) {
    EXPECT_THAT(told, ContainsRegex("skipped +node-01: .*\n +another change of the plan cannot"));
    EXPECT_THAT(told, ContainsRegex("skipped +node-02: .*\n +the host did not answer: "));
  }
  EXPECT_EQ(whole_state(cluster), before);
}

// Its own table is right, so the plan has no change of it.
TEST(FixPlans, APlanThatNeedsAHostWithoutAChange) {
  Cluster cluster(2, "--no-service");
  cluster.fault("rank-table-missing@node-01");
  const std::string plan = plan_of(cluster, "--chapter 3.2");
  EXPECT_THAT(slurp(plan), Not(HasSubstr("\"host\": \"node-02\"")));
  const Ran ran = fix_by(cluster, plan);
  EXPECT_EQ(ran.code, 0) << ran.out;
  int code = -1;
  cluster.run("--chapter 3.2", &code);
  EXPECT_EQ(code, 0);
}

TEST(FixPlans, APlanForAHostThatAnotherRunHolds) {
  Cluster cluster(2, "--no-service");
  cluster.fault("rank-table-missing@node-01");
  const std::string plan = plan_of(cluster, "--chapter 3.2");
  const std::string folder = cluster.dir() + "/hosts/node-02/root/var/lib/touchstone";
  std::filesystem::create_directories(folder);
  std::ofstream(folder + "/lock") << "the-other-run\nother@there\n1790000000\n99999999999\n0\n0\n";
  const std::string before = whole_state(cluster);
  const Ran ran = fix_by(cluster, plan), zh = fix_by(cluster, plan, "fixed-zh", "--lang zh");
  EXPECT_EQ(ran.code, 1) << ran.out;
  const std::string holder = "held by run the-other-run, of other@there, since 2026-09-2";
  for (const std::string& told : {ran.out, journal_of(cluster, "fixed")})
    EXPECT_THAT(told, HasSubstr("it needs node-02, too: the host's lock: " + holder));
  for (const std::string& told : {zh.out, journal_of(cluster, "fixed-zh", "--lang zh")})
    EXPECT_THAT(told, HasSubstr("需要 node-02 一同就绪:主机的锁不可得:" + holder));
  EXPECT_EQ(whole_state(cluster), before);
}

// Nothing has happened to the file, but what is to be written is wrong by now.
TEST(FixPlans, ATableOfAddressesThatTheNpusHaveNoMore) {
  Cluster cluster(2, "--no-service");
  for (const char* host : {"node-01", "node-02"})
    cluster.fault(std::string("rank-table-missing@") + host);
  const std::string plan = plan_of(cluster, "--chapter 3.2");
  const Ran moved = shell(cluster.dir() +
                          "/hosts/node-02/enter hccn_tool -i 3 -ip -s address 10.20.9.9 netmask "
                          "255.255.0.0");
  ASSERT_EQ(moved.code, 0) << moved.out;
  const std::string before = whole_state(cluster);
  const Ran ran = fix_by(cluster, plan);
  EXPECT_EQ(ran.code, 1) << ran.out;
  EXPECT_THAT(ran.out, ContainsRegex("refused +node-02: .*\n +the NPUs of node-02 do not have the "
                                     "addresses of the table any more"));
  EXPECT_EQ(whole_state(cluster), before);
}

// An answer that tells no address, or not in so many words, is none.
TEST(FixPlans, ATableIsWrittenByAnAnswerThatIsItsAddressOnly) {
  Cluster cluster(2, "--no-service --fault rank-table-missing@node-01");
  const auto plan = nlohmann::json::parse(slurp(plan_of(cluster, "--chapter 3.2")));
  const auto guard = plan.at("changes").at(0).at("guards").at(0).at("argv");
  std::string words, tool = "#!/bin/sh\ncase $2 in\n3) cat " + cluster.root() +
                            "/said; exit $(cat " + cluster.root() + "/code) ;;\n";
  ASSERT_EQ(guard.size(), 12U) << "eight addresses behind sh -c SCRIPT sh";
  for (std::size_t i = 0; i < guard.size(); ++i) {
    const std::string word = guard[i];
    words += " " + shell_quoted(word);
    if (i >= 4 && i != 7)
      tool += std::to_string(i - 4) + ") echo ipaddr:" + word + "; echo netmask:255.255.0.0 ;;\n";
  }
  std::ofstream(cluster.root() + "/hccn_tool") << tool << "esac\n";
  shell("chmod +x " + cluster.root() + "/hccn_tool");
  const std::string right = guard[7];
  for (const auto& [said, code, passes] : std::vector<std::tuple<std::string, int, bool>>{
           {"ipaddr:" + right + "\nnetmask:255.255.0.0\n", 0, true},
           {" ipaddr: " + right + " \r\nnetmask:255.255.0.0\r\n", 0, true},
           {"ipaddr:" + right + "\nnetmask:255.255.0.0\n", 1, false},
           {"ipaddr:" + right + "0\n", 0, false},
           {"ipaddr:" + right + " (masked)\n", 0, false},
           {"ipaddr:10.20.*.*\n", 0, false},
           {"ipaddr:\n", 0, false},
           {"vnic ipaddr:" + right + "\n", 0, false},
           {"ipaddr:" + right + "\nipaddr:10.20.9.9\n", 0, false},
           {right + "\n", 0, false},
           {"", 0, false}}) {
    std::ofstream(cluster.root() + "/said") << said;
    std::ofstream(cluster.root() + "/code") << code;
    EXPECT_EQ(shell("PATH=" + cluster.root() + ":$PATH" + words).code == 0, passes) << said;
  }
}

}  // namespace
}  // namespace touchstone
