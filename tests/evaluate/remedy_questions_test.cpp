// Whoever selects one step and has it repaired is asked for what the repair needs, and nothing more
// is asked where nothing is repaired.
#include <map>
#include <set>

#include <gmock/gmock.h>

#include "harness/evaluate/plan.h"
#include "suites/chapters.h"

namespace touchstone {
namespace {

using testing::IsSupersetOf;
using Words = std::set<std::string>;

class RemedyQuestions : public testing::Test {
 protected:
  RemedyQuestions() {
    inventory_.groups.push_back({.name = "group-1"});
    inventory_.groups[0].hosts.push_back({.name = "a"});
  }
  Plan plan(const char* step, bool repairs) const {
    return make_plan(chapters_, inventory_, {.steps = {step}, .repairs = repairs});
  }
  static Words asked(const Plan& plan) {
    Words keys;
    for (const Question& question : plan.questions()) keys.insert(question.key);
    return keys;
  }
  static Words later(const Plan& plan) {
    Words names;
    for (const Later* one : plan.later) names.insert(one->name);
    return names;
  }

  Inventory inventory_;
  const std::vector<Chapter> chapters_ = all_chapters();
};

TEST_F(RemedyQuestions, AreAskedWithOneStepAlone) {
  const struct {
    const char* step;
    Words more;  // than the step and those that it stands on ask themselves
  } rows[] = {
      {"2.1.2", {"driver-version-info"}},
      {"2.2.3", {"docker-ps"}},
      {"3.1.10", {"hccn-gateway"}},
      {"3.2.1", {"hccn-ip", "rank-table"}},
      {"3.2.3", {"hccn-ip"}},
      {"4.3.1", {"shell-environment"}},
      {"6.2.4", {"shell-environment"}},
      {"6.1.1", {"hccn-ip"}},
      {"6.3.5", {"service-config"}},
      {"6.3.7", {"docker-container"}},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.step);
    EXPECT_THAT(asked(plan(row.step, true)), IsSupersetOf(row.more));
    if (std::string(row.step) == "6.3.7") continue;  // the container is asked for in any case
    for (const std::string& key : row.more)
      EXPECT_FALSE(asked(plan(row.step, false)).contains(key));
  }
}

// Four chapters read it, each something else.
TEST_F(RemedyQuestions, TheServicesConfigurationIsAskedForOnce) {
  inventory_.profile.service_expected = true;
  std::map<std::pair<Where, std::vector<std::string>>, Words> by_argv;
  for (const Question& question : make_plan(chapters_, inventory_, {}).questions())
    by_argv[{question.where, question.argv}].insert(question.key);
  for (const auto& [where_and_argv, keys] : by_argv)
    if (where_and_argv.first != Where::kController) {
      EXPECT_EQ(keys.size(), 1u) << testing::PrintToString(keys);
    }
}

// Which hosts have weights decides whose configuration is right, and whether a service can be
// started on all of them.
TEST_F(RemedyQuestions, AreAskedLaterToo) {
  for (const char* step : {"6.2.1", "6.2.2", "6.2.4"}) {
    EXPECT_EQ(later(plan(step, true)), Words{"weights"}) << step;
    EXPECT_EQ(later(plan(step, false)), Words{}) << step;
  }
  for (const char* step : {"6.3.3", "6.3.4", "6.3.5", "6.3.7"}) {
    EXPECT_TRUE(later(plan(step, true)).contains("weights")) << step;
    EXPECT_FALSE(later(plan(step, false)).contains("weights")) << step;
  }
}

}  // namespace
}  // namespace touchstone
