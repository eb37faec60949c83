#include "reports/guide.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/reports/samples.h"

namespace touchstone {
namespace {

// A record with one step a verdict, and one instruction that names them all.
GuideRow row_of(const std::vector<Verdict>& verdicts, std::vector<std::string> more_steps = {}) {
  static RunRecord record;  // the row points into it
  record = {.complete = true};
  Instruction instruction;
  for (Verdict verdict : verdicts) {
    const std::size_t step = record.steps.size();
    record.steps.push_back({.id = "1.1." + std::to_string(step)});
    record.results.push_back({.step = step, .verdict = verdict});
    instruction.steps.push_back(record.steps.back().id);
  }
  for (std::string& id : more_steps) instruction.steps.push_back(std::move(id));
  record.document = {{.id = "1.1", .instructions = {instruction}}};
  return guide_table(record).rows.at(0);
}

TEST(Guide, ARowHasTheWorstVerdictOfItsSteps) {
  using enum Verdict;
  EXPECT_EQ(row_of({kPass, kPass}).verdict, kPass);
  EXPECT_EQ(row_of({kPass, kFail, kError}).verdict, kFail);
  EXPECT_EQ(row_of({kBlocked, kError}).verdict, kError);
  EXPECT_EQ(row_of({kPass, kBlocked}).verdict, kBlocked);
  EXPECT_EQ(row_of({kPass, kWaived}).verdict, kWaived);
  EXPECT_EQ(row_of({kPass, kNotApplicable}).verdict, kPass);
  EXPECT_EQ(row_of({kNotApplicable}).verdict, kNotApplicable);
}

TEST(Guide, WhatWasNotJudgedAsAWholeDoesNotPass) {
  using enum Verdict;
  EXPECT_EQ(row_of({kPass, kNotSelected}).verdict, kNotSelected);
  EXPECT_EQ(row_of({kPass}, {"9.9.9"}).verdict, kNotSelected);
  EXPECT_EQ(row_of({kFail}, {"9.9.9"}).verdict, kFail);
}

TEST(Guide, OneResultThatIsWrongIsTheVerdictOfTheStep) {
  const RunRecord record = samples::mixed();
  const GuideTable table = guide_table(record);
  EXPECT_EQ(table.rows.at(2).verdict, Verdict::kFail) << "one link of 32 is down";
  EXPECT_EQ(table.rows.size(), 7u);
  EXPECT_EQ(table.asserted, 6u);
  EXPECT_FALSE(table.rows.at(1).asserted);
  EXPECT_EQ(table.rows.at(3).number, 2u) << "counted within its section";
}

TEST(Guide, WhatIsNotRunYetIsNeitherWrongNorRight) {
  const RunRecord record = samples::partial();
  const GuideTable table = guide_table(record);
  EXPECT_TRUE(table.rows.at(0).not_run);
  EXPECT_EQ(guide_line(table, Language::kEn),
            "6 of 7 instructions of the guide asserted: 1 not applicable · 5 not run");
}

TEST(Guide, WithoutARunThereAreNoVerdicts) {
  const Document document = samples::mixed().document;
  const GuideTable table = guide_table(document, RunRecord{});
  for (const GuideRow& row : table.rows)
    EXPECT_EQ(row.verdict,
              row.instruction->applies ? Verdict::kNotSelected : Verdict::kNotApplicable);
}

}  // namespace
}  // namespace touchstone
