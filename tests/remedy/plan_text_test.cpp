// What a person reads before anything is changed, before it is taken back, and of a journal.
#include "harness/remedy/plan_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/remedy/sample_plan.h"
#include "tests/reports/golden.h"

namespace touchstone {
namespace {

using sample_plan::plan_of_everything;

Inventory inventory_of_the_plan() {
  Inventory inventory;
  inventory.groups.push_back({.name = "g",
                              .hosts = {{.name = "node-01", .container = "mindie"},
                                        {.name = "node-02", .container = "mindie"}}});
  return inventory;
}

// Made, taken back, not made, under way when the run was killed.
JournalStory story() {
  const FixPlan plan = plan_of_everything();
  using Entry = JournalStory::Entry;
  const double at = plan.created + 60;
  return {.run = plan.run,
          .cluster = plan.cluster,
          .inventory = "/srv/cluster.yaml",
          .simulated = true,
          .started = plan.created,
          .cut = true,
          .entries = {Entry{plan.changes[0], {.id = 1, .outcome = Outcome::kDone}, at},
                      Entry{plan.changes[1],
                            {.id = 2,
                             .outcome = Outcome::kRefused,
                             .why = {"推理服务正在运行", "the service is running"}},
                            at},
                      Entry{plan.changes[2], {.id = 3, .outcome = Outcome::kUnderWay}, 0}}};
}

class PlanText : public testing::TestWithParam<Language> {
 protected:
  static std::string golden(const std::string& name) {
    return name + (GetParam() == Language::kZh ? ".zh.txt" : ".en.txt");
  }
};

TEST_P(PlanText, Golden) {
  expect_golden(golden("plan"),
                plan_text(plan_of_everything(), inventory_of_the_plan(), GetParam()));
}

// The same changes, where less is allowed; and a plan of nothing.
TEST_P(PlanText, GoldenOfWhatIsNotAllowed) {
  FixPlan plan = plan_of_everything();
  plan.allowed = Risk::kSafe;
  expect_golden(golden("plan.safe"), plan_text(plan, inventory_of_the_plan(), GetParam()) +
                                         plan_text(FixPlan{}, inventory_of_the_plan(), GetParam()));
}

TEST_P(PlanText, GoldenOfUndo) {
  const JournalStory journal = story();
  expect_golden(golden("undo"),
                undo_text(journal.entries, inventory_of_the_plan(), journal.run.id, GetParam()) +
                    undo_text({}, inventory_of_the_plan(), "", GetParam()));
}

TEST_P(PlanText, GoldenOfAJournal) {
  expect_golden(golden("journal"), journal_text(story(), GetParam()));
}

INSTANTIATE_TEST_SUITE_P(InBothLanguages, PlanText, testing::Values(Language::kEn, Language::kZh));

}  // namespace
}  // namespace touchstone
