// The traps of the guide, one by one: made on the simulated cluster as a reader of the guide makes
// them, and found with words that name the trap. README.md lists them under the same numbers.
#include <algorithm>

#include <gmock/gmock.h>

#include "tests/e2e/cluster.h"
#include "tests/places.h"

namespace touchstone {
namespace {

using testing::HasSubstr;

struct Trap {
  int number;  // of README.md, "Known errata of the guide"
  const char* fault;
  const char* step;
  std::vector<std::string> words;  // that the finding, or the step's remedy, has
};
void PrintTo(const Trap& trap, std::ostream* to) {
  *to << trap.fault;
}

// In order of their numbers. Some are traps in two places.
const std::vector<Trap> kTraps{
    // The script that is run does not exist: what is left is that nobody made a rank table.
    {1, "rank-table-missing", "3.2.1", {"hccl_tools.py", "hcc_tools.py", "rank-table build"}},
    {2, "rank-table-comments", "3.2.2", {"line ", "comment", "the sample of the guide"}},
    {2, "config-comments", "6.2.1", {"config.json", "# comments", "guide 6.2"}},
    {3, "rank-table-ascending", "3.2.6", {"from large to small", "go upward", "rank_table_order"}},
    {4, "world-size-of-one-host", "4.3.3", {"WORLD_SIZE=16", "counts the NPUs of all servers"}},
    {4, "config-world-size", "6.2.3", {"worldSize", "16", "8"}},
    {5, "log-level-as-in-the-guide", "4.3.5", {"ATB__LOG_LEVEL", "ATB_LOG_LEVEL", "slip"}},
    {6, "image-other-name", "4.1.1", {"the guide's own docker run", "another one than it loads"}},
    {7, "model-renamed", "6.4.2", {"not found in server", "calls modelName free to choose"}},
    {8, "config-last-key", "6.2.2", {"last of its object", "sed"}},
    // The order of packages leaves no trace; the remedy of a wrong driver gives both.
    {9, "driver-old", "2.1.1", {"firmware first, then driver", "first installation"}},
    {9, "firmware-old", "2.1.2", {"firmware first, then driver", "first installation"}},
    // `yum update` took the kernel away under the driver.
    {10, "driver-not-in-force", "2.1.1", {"kernel update", "yum update"}},
    {11, "mainpid-lost", "2.2.5", {"here-document", "$MAINPID"}},
    {12, "mindie-old", "1.1.10", {"1.0.T71", "BF16 only"}},
    {13, "config-comma-missing", "6.2.1", {"modelName", "lacks its comma"}},
    {14, "container-ip-missing", "3.2.5", {"container_ip", "hccl_tools.py writes none"}},
    {14, "rank-table-wrong-master", "3.2.4", {"merge_hccl.py", "first argument"}},
};

class Traps : public testing::TestWithParam<Trap> {};
INSTANTIATE_TEST_SUITE_P(OfTheGuide, Traps, testing::ValuesIn(kTraps), [](const auto& info) {
  std::string name = std::to_string(info.param.number) + "_" + info.param.fault;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST_P(Traps, AreFoundWithWordsThatNameThem) {
  const Trap& trap = GetParam();
  Cluster cluster;
  cluster.fault(trap.fault);
  const RunRecord record = cluster.run("--quiet --step " + std::string(trap.step));
  std::string told;
  for (const StepResult& result : record.results) {
    const StepInfo& step = record.steps[result.step];
    if (step.id != trap.step || result.verdict != Verdict::kFail) continue;
    for (const Finding& one : result.findings)
      told +=
          one.expected.en + "\n" + one.actual.en + "\n" + one.why.en + "\n" + one.next.en + "\n";
    told += step.remedy.en + "\n";
  }
  ASSERT_FALSE(told.empty()) << trap.step << " did not fail";
  for (const std::string& word : trap.words) EXPECT_THAT(told, HasSubstr(word));
}

TEST(TrapsOfTheGuide, AreAllHereAndInTheReadme) {
  const std::string readme = slurp(source_dir() + "/README.md");
  const std::size_t from = readme.find("## Known errata"), to = readme.find("\n## ", from + 1);
  ASSERT_NE(from, std::string::npos);
  const std::string errata = readme.substr(from, to - from);
  int number = 1;
  for (; errata.find("\n| " + std::to_string(number) + " |") != std::string::npos; ++number)
    EXPECT_TRUE(std::any_of(kTraps.begin(), kTraps.end(),
                            [&](const Trap& trap) { return trap.number == number; }))
        << "nothing makes trap " << number;
  EXPECT_EQ(number - 1, 14);
}

}  // namespace
}  // namespace touchstone
