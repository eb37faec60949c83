#include "harness/remedy/plan_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/json_schema.h"
#include "tests/remedy/sample_plan.h"

namespace touchstone {
namespace {

using nlohmann::json;
using sample_plan::plan_of_everything;
using testing::HasSubstr;

TEST(PlanJson, ReadsWhatItWrote) {
  for (const FixPlan& plan : {plan_of_everything(), FixPlan{}}) {
    const FixPlan read = read_plan_json(plan_json(plan));
    EXPECT_TRUE(read == plan) << plan_json(read);
  }
}

// An empty file and no file are not the same.
TEST(PlanJson, KnowsAnEmptyFileFromNone) {
  const FixPlan read = read_plan_json(plan_json(plan_of_everything()));
  EXPECT_EQ(read.changes[1].change.file->was, std::nullopt);
  EXPECT_EQ(read.changes[2].change.file->was, "");
}

// A journal of an earlier version is somebody's way back.
TEST(PlanJson, ReadsAGuardThatDoesNotSayWhetherItHoldsBothWays) {
  json plan = json::parse(plan_json(plan_of_everything()));
  plan["changes"][0]["guards"][0].erase("both_ways");
  EXPECT_FALSE(read_plan_json(plan.dump()).changes[0].change.guards[0].both_ways);
}

// The journal, the plan and the guide's order hang on these names.
TEST(PlanJson, EveryStageHasAName) {
  for (int stage = 0; stage <= static_cast<int>(Stage::kServiceStart); ++stage) {
    FixPlan plan = plan_of_everything();
    plan.changes[0].change.stage = static_cast<Stage>(stage);
    EXPECT_TRUE(read_plan_json(plan_json(plan)) == plan) << stage;
  }
}

std::string refusal(const std::string& text) {
  try {
    read_plan_json(text);
  } catch (const PlanError& error) {
    return error.what();
  }
  return "taken";
}

std::string edited(const std::string& pointer, const json& value) {
  json plan = json::parse(plan_json(plan_of_everything()));
  plan[json::json_pointer(pointer)] = value;
  return refusal(plan.dump());
}

std::string without(const std::string& pointer, const std::string& key) {
  json plan = json::parse(plan_json(plan_of_everything()));
  plan[json::json_pointer(pointer)].erase(key);
  return refusal(plan.dump());
}

TEST(PlanJson, TellsWhatIsWrongWithADamagedOne) {
  EXPECT_THAT(refusal(""), HasSubstr("not JSON"));
  EXPECT_THAT(refusal(plan_json(plan_of_everything()).substr(0, 300)), HasSubstr("not JSON"));
  EXPECT_THAT(refusal("[]"), HasSubstr("no plan"));
  EXPECT_THAT(refusal("{}"), HasSubstr("'plan' not found"));
  EXPECT_THAT(refusal("null"), HasSubstr("no plan"));
  EXPECT_THAT(edited("/plan", 2), HasSubstr("no plan of version 1"));
  EXPECT_THAT(edited("/plan", 2), HasSubstr("run --plan"));  // what to do next
  EXPECT_THAT(edited("/allowed", "all"), HasSubstr("there is no risk \"all\""));
  EXPECT_THAT(edited("/changes", 7), HasSubstr("no plan"));
  EXPECT_THAT(edited("/changes/0/stage", "lunch"), HasSubstr("there is no stage \"lunch\""));
  EXPECT_THAT(edited("/changes/0/risk", 1), HasSubstr("must be string"));
  EXPECT_THAT(edited("/changes/0/npu", "3"), HasSubstr("must be number"));
  EXPECT_THAT(edited("/changes/0/steps", "3.1.8"), HasSubstr("must be array"));
  EXPECT_THAT(edited("/changes/0/commands", json::array()),
              HasSubstr("neither a file nor commands"));
  EXPECT_THAT(edited("/changes/0/reads", json::array()), HasSubstr("neither a file nor commands"));
  EXPECT_THAT(edited("/changes/0/commands/0/does", json::array()),
              HasSubstr("a command of the plan is empty"));
  EXPECT_THAT(edited("/changes/0/commands/0/seconds", 0), HasSubstr("time limit"));
  EXPECT_THAT(edited("/changes/0/commands/0/seconds", 86401), HasSubstr("time limit"));
  EXPECT_THAT(edited("/changes/0/guards/0/seconds", 0), HasSubstr("time limit of a precondition"));
  EXPECT_THAT(edited("/changes/1/file/path", "rank_table.json"), HasSubstr("no absolute path"));
  EXPECT_THAT(edited("/changes/1/file/content", std::string("a\0b", 3)), HasSubstr("NUL"));
  EXPECT_THAT(edited("/changes/1/file", json()), HasSubstr("no plan"));
  EXPECT_THAT(without("/changes/1/file", "was"), HasSubstr("'was' not found"));
  EXPECT_THAT(without("/changes/0", "guards"), HasSubstr("'guards' not found"));
  EXPECT_THAT(without("/changes/0", "may_stay"), HasSubstr("'may_stay' not found"));
  EXPECT_THAT(without("/changes/0", "host"), HasSubstr("'host' not found"));
  EXPECT_THAT(without("/left/0", "next"), HasSubstr("'next' not found"));
  EXPECT_THAT(without("", "left"), HasSubstr("'left' not found"));
}

TEST(PlanJson, IsWhatTheSchemaSays) {
  const json schema = schema_of("plan.schema.json");
  for (const FixPlan& plan : {plan_of_everything(), FixPlan{}})
    EXPECT_THAT(against_schema(schema, json::parse(plan_json(plan))), testing::IsEmpty());
}

// What the reader would not take, the schema does not allow either.
TEST(PlanJson, TheSchemaRefusesDamage) {
  const json schema = schema_of("plan.schema.json");
  const json whole = json::parse(plan_json(plan_of_everything()));
  const auto damaged = [&](const std::string& pointer, const json& value) {
    json plan = whole;
    plan[json::json_pointer(pointer)] = value;
    return against_schema(schema, plan);
  };
  for (const auto& [pointer, value] : std::vector<std::pair<std::string, json>>{
           {"/plan", 2},
           {"/allowed", "all"},
           {"/changes/0/stage", "lunch"},
           {"/changes/0/npu", "3"},
           {"/changes/0/commands", json::array()},
           {"/changes/0/commands/0/does", json::array()},
           {"/changes/0/commands/0/seconds", 0},
           {"/changes/0/commands/0/seconds", 86401},
           {"/changes/0/file", whole["changes"][1]["file"]},  // both forms at once
           {"/changes/1/file/path", "rank_table.json"},
           {"/changes/1/file/was", 7},
           {"/left/0/more", 1}})
    EXPECT_THAT(damaged(pointer, value), testing::SizeIs(1)) << pointer;
  json headless = whole;
  headless["changes"][1].erase("file");
  EXPECT_THAT(against_schema(schema, headless), testing::SizeIs(1));
}

}  // namespace
}  // namespace touchstone
