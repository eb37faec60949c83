// On a terminal --fix asks, with the plan in view.
#include <filesystem>

#include <gmock/gmock.h>

#include "tests/e2e/terminal.h"
#include "tests/e2e/whole_state.h"

namespace touchstone {
namespace {

using testing::HasSubstr;

// A container that is made anew comes with a new ~/.bashrc: that is seen, and repaired, in the
// round after.
class FixOnATerminal : public testing::Test {
 protected:
  FixOnATerminal() {
    cluster_.fault("container-missing@node-01");
    before_ = whole_state(cluster_);
  }
  Ran fix(const std::vector<std::string>& answers, const std::string& more = "") {
    return on_a_terminal("exec " + kTouchstone + " run -i " + cluster_.inventory() +
                             " --fix=service --chapter 4.2,4.3 --second-look 0 --out " + folder_ +
                             " " + more,
                         answers);
  }
  static int questions(const std::string& out) {
    int count = 0;
    for (std::size_t at = 0; (at = out.find("[y/N", at)) != std::string::npos; ++at) ++count;
    return count;
  }
  bool there(const char* name) const { return std::filesystem::exists(folder_ + "/" + name); }

  Cluster cluster_{2, "--no-service"};
  const std::string folder_ = cluster_.root() + "/out";
  std::string before_;
};

TEST_F(FixOnATerminal, NoChangesNothing) {
  const Ran ran = fix({"n"});
  EXPECT_EQ(ran.code, 1) << ran.out;
  EXPECT_EQ(questions(ran.out), 1) << ran.out;
  EXPECT_LT(ran.out.find("docker run"), ran.out.find("[y/N")) << "the plan is in view";
  EXPECT_THAT(ran.out, HasSubstr("Nothing was changed."));
  EXPECT_EQ(state_difference(before_, whole_state(cluster_)), "");
}

// At once, and not with the next Enter.
TEST_F(FixOnATerminal, CtrlCIsNo) {
  const Ran ran = fix({kCtrlC});
  EXPECT_EQ(ran.code, 130) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("Nothing was changed."));
  EXPECT_TRUE(there("run.json"));
  EXPECT_EQ(state_difference(before_, whole_state(cluster_)), "");
}

TEST_F(FixOnATerminal, YesIsForOneRound) {
  const Ran ran = fix({"y", "n"});
  EXPECT_EQ(ran.code, 1) << ran.out;
  EXPECT_EQ(questions(ran.out), 2) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("[y/N/a] (a: and what later rounds need"));
  EXPECT_THAT(ran.out, HasSubstr("Nothing more was changed."));
  EXPECT_TRUE(there("plan-2.json"));
}

TEST_F(FixOnATerminal, AllIsForTheLaterRoundsToo) {
  const Ran ran = fix({"a"});
  EXPECT_EQ(ran.code, 0) << ran.out;
  EXPECT_EQ(questions(ran.out), 1) << ran.out;
  EXPECT_TRUE(there("plan-2.json"));
  EXPECT_GT(ran.out.find(".bashrc"), ran.out.find("[y/N")) << "the later plan is shown, too";
}

// At no higher risk than the run allows.
TEST_F(FixOnATerminal, AllIsNotForWhatIsRiskier) {
  cluster_.fault("container-shm-small@node-02");
  const std::string other = shell("cat " + cluster_.dir() + "/hosts/node-02/state").out;
  const Ran ran = fix({"a"});
  EXPECT_EQ(ran.code, 1) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("Not without a higher risk allowed"));
  EXPECT_EQ(shell("cat " + cluster_.dir() + "/hosts/node-02/state").out, other);
}

TEST_F(FixOnATerminal, InChinese) {
  const Ran ran = fix({"a"}, "--lang zh");
  EXPECT_EQ(ran.code, 0) << ran.out;
  EXPECT_EQ(questions(ran.out), 1) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("[y/N/a](a:连同后续各轮所需的改动"));
}

// Nothing follows an undo, so there is no "all"; it counts as no.
TEST_F(FixOnATerminal, UndoAsksOnceAndKnowsNoAll) {
  ASSERT_EQ(fix({"a"}).code, 0);
  const std::string repaired = whole_state(cluster_);
  const Ran undo = on_a_terminal(kTouchstone + " undo " + folder_, {"a"});
  EXPECT_EQ(undo.code, 0) << undo.out;
  EXPECT_THAT(undo.out, HasSubstr("[y/N] "));
  EXPECT_EQ(state_difference(repaired, whole_state(cluster_)), "");
}

}  // namespace
}  // namespace touchstone
