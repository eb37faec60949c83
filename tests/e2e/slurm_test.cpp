#include <optional>
#include <regex>

#include <gmock/gmock.h>

#include "tests/e2e/cluster.h"
#include "tests/e2e/same_record.h"
#include "tests/e2e/skip.h"
#include "tests/e2e/slurm.h"
#include "tests/places.h"

// The hosts of the simulated cluster as nodes of a real Slurm, reached by the `command` that
// docs/inventory.md gives.
namespace touchstone {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSubsetOf;

class SlurmNodes : public testing::Test {
 protected:
  void SetUp() override {
    TOUCHSTONE_SKIP_UNLESS(Slurm::why_not().empty(), Slurm::why_not());
    slurm_.emplace(cluster_, 2);
    ASSERT_TRUE(slurm_->runs()) << slurm_->log();
    daemons_ = slurm_->processes();
    ASSERT_GE(daemons_.size(), 4u);
  }
  void TearDown() override {
    if (!slurm_ || !slurm_->runs()) return;
    EXPECT_TRUE(slurm_->jobs_end()) << slurm_->client("squeue").out;
    EXPECT_THAT(slurm_->processes(), IsSubsetOf(daemons_)) << "a step is left";
    slurm_->stop();
    EXPECT_THAT(slurm_->processes(), IsEmpty());
  }

  // The template of the documentation with other patience, and with the words that start the
  // simulated host behind it.
  void reach_by_srun(const std::string& patience) {
    const std::string text = slurp(source_dir() + "/docs/inventory.md");
    std::smatch found;
    ASSERT_TRUE(std::regex_search(text, found, std::regex(R"(\n +command: \[(srun, [^\n]+)\]\n)")));
    std::string words = found[1];
    const std::string immediate = "--immediate=10";
    ASSERT_NE(words.find(immediate), std::string::npos);
    words.replace(words.find(immediate), immediate.size(), patience);
    cluster_.edit_inventory("command: [", "command: [" + slurm_->with() + ", " + words + ", ");
  }

  Cluster cluster_{2, kFaultsOfAllKinds};
  std::optional<Slurm> slurm_;
  std::set<std::string> daemons_;
};

void expect_answered(const RunRecord& record) {
  for (const HostInfo& host : record.hosts)
    EXPECT_EQ(host.state, "answered") << host.name << ": " << host.detail.en;
}

TEST_F(SlurmNodes, GiveTheSameRecord) {
  const std::string direct = timeless(cluster_.run("--quiet"));
  reach_by_srun("--immediate=60");
  const RunRecord record = cluster_.run("--quiet");
  expect_answered(record);
  EXPECT_EQ(direct, timeless(record));

  // Where a service runs, its job holds the whole node: there is no room for another job, but for a
  // step of that one.
  const Ran granted = slurm_->client("salloc --no-shell --nodes=2 --exclusive");
  std::smatch job;
  ASSERT_TRUE(std::regex_search(granted.out, job, std::regex(R"(job allocation (\d+))")))
      << granted.out;
  cluster_.edit_inventory("--immediate=60", "--immediate=1");
  const RunRecord full = cluster_.run("--quiet --step 0.1");
  EXPECT_THAT(full.hosts[0].detail.en, HasSubstr("Requested nodes are busy"));
  cluster_.edit_inventory("--immediate=1", "--jobid=" + job[1].str() + ", --overlap");
  const RunRecord inside = cluster_.run("--quiet");
  expect_answered(inside);
  EXPECT_EQ(direct, timeless(inside));
  slurm_->client("scancel " + job[1].str());
}

TEST_F(SlurmNodes, ThatAreDownAreUnreachable) {
  slurm_->take_down("node-02");
  reach_by_srun("--immediate=3");
  const RunRecord record = cluster_.run("--quiet");
  EXPECT_EQ(record.hosts[0].state, "answered") << record.hosts[0].detail.en;
  EXPECT_EQ(record.hosts[1].state, "unreachable");
  EXPECT_THAT(record.hosts[1].detail.en, HasSubstr("srun: error: Unable to allocate resources"));
  int errors = 0;
  for (const StepResult& result : record.results) {
    if (result.target.host != "node-02") continue;
    errors += result.verdict == Verdict::kError;
    EXPECT_NE(result.verdict, Verdict::kFail) << record.steps[result.step].id;
    EXPECT_NE(result.verdict, Verdict::kPass) << record.steps[result.step].id;
  }
  EXPECT_GT(errors, 0);
}

TEST_F(SlurmNodes, ThatHangLeaveNoJob) {
  cluster_.fault("hangs@node-02");
  cluster_.edit_inventory("  npus: 8\n", "  npus: 8\n  time_limit: 3\n");
  reach_by_srun("--immediate=60");
  const RunRecord record = cluster_.run("--quiet --chapter 0");
  EXPECT_EQ(record.hosts[1].state, "hung") << record.hosts[1].detail.en;
}

}  // namespace
}  // namespace touchstone
