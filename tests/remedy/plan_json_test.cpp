#include "harness/remedy/plan_json.h"

#include <fstream>
#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/places.h"

namespace touchstone {

namespace {

using nlohmann::json;
using testing::HasSubstr;

NumberedChange tls_change() {
  return {.id = 1,
          .steps = {"3.1.8", "3.1.9"},
          .change = {.host = "node-01",
                     .npu = 3,
                     .subject = "hccn 3 tls",
                     .stage = Stage::kNpuTls,
                     .risk = Risk::kSafe,
                     .what = {"将 NPU 3 的 TLS 开关设为 0", "set the TLS switch of NPU 3 to 0"},
                     .reads = {"hccn_tool", "-i", "3", "-tls", "-g"},
                     .was = "switch[1]",
                     .becomes = "switch[0]",
                     .may_stay = true,
                     .commands = {{.does = {"hccn_tool", "-i", "3", "-tls", "-s", "enable", "0"},
                                   .undoes = {"hccn_tool", "-i", "3", "-tls", "-s", "enable", "1"},
                                   .seconds = 20.5}},
                     .one_way = true,
                     .guards = {{.argv = {"sh", "-c", "! npu-smi info | grep -q 'Process id'"},
                                 .otherwise = {"NPU 3 正被使用", "NPU 3 is in use"},
                                 .seconds = 90,
                                 .both_ways = true}}}};
}

NumberedChange file_change(std::optional<std::string> was) {
  return {.id = 2,
          .steps = {"4.1.2"},
          .change = {.host = "node-02",
                     .in_container = true,
                     .subject = "/data/rank_table.json",
                     .stage = Stage::kRankTable,
                     .risk = Risk::kService,
                     .what = {"写入 rank table", "write the rank table"},
                     .interrupts = {"推理服务", "the service"},
                     .commands = {{.does = {"systemctl", "reload", "docker"},
                                   .undoes = {"systemctl", "reload", "docker"}}},
                     .file = FileChange{.path = "/data/rank_table.json",
                                        .content = "{\n  \"server_count\": \"2\"\n}\n",
                                        .was = std::move(was),
                                        .mode = "640",
                                        .owner = "root:root"},
                     .hosts_needed = {"node-01", "node-02"}},
          .stands_on = {1}};
}

// Without commands after it; of an empty file.
NumberedChange lone_file_change() {
  NumberedChange one = file_change("");
  one.change.commands.clear();
  return one;
}

FixPlan plan_of_everything() {
  return {.run = {"20261126-040506-1a2b3c4d", "ops@controller"},
          .cluster = "lab.north",
          .simulated = true,
          .created = 1772000000.25,
          .allowed = Risk::kService,
          .changes = {tls_change(), file_change(std::nullopt), lone_file_change()},
          .left = {{.step = "3.1.3",
                    .target = {.group = "g", .host = "node-01", .npu = 7},
                    .why = {"", ""},
                    .next = {"检查线缆", "check the cable"}},
                   {.step = "0.3", .target = {}, .why = {"无证据", "no evidence"}, .next = {}}}};
}

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

// As much of JSON Schema as docs/plan.schema.json uses; what it has beyond that is named.
class Schema {
 public:
  explicit Schema(json root) : root_(std::move(root)) {}

  std::vector<std::string> wrong(const json& value) {
    wrong_.clear();
    check(root_, value, "plan");
    return wrong_;
  }

 private:
  void say(const std::string& path, const std::string& what) {
    wrong_.push_back(path + ": " + what);
  }

  static bool is_of(const json& value, const std::string& type) {
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    return type == value.type_name();
  }

  void check(const json& schema, const json& value, const std::string& path) {
    if (schema.contains("$ref"))
      return check(root_.at(json::json_pointer(schema["$ref"].get<std::string>().substr(1))), value,
                   path);
    if (schema.contains("type")) {
      const json& type = schema["type"];
      const json types = type.is_array() ? type : json::array({type});
      if (std::none_of(types.begin(), types.end(),
                       [&](const json& one) { return is_of(value, one); }))
        return say(path, "is no " + type.dump());
    }
    if (schema.contains("const") && schema["const"] != value) say(path, "is not the constant");
    if (schema.contains("enum") &&
        std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end())
      say(path, "is none of " + schema["enum"].dump());
    if (schema.contains("minimum") && value < schema["minimum"]) say(path, "is too small");
    if (schema.contains("maximum") && value > schema["maximum"]) say(path, "is too great");
    if (schema.contains("exclusiveMinimum") && value <= schema["exclusiveMinimum"])
      say(path, "is too small");
    if (schema.contains("pattern") &&
        !std::regex_search(value.get<std::string>(),
                           std::regex(schema["pattern"].get<std::string>())))
      say(path, "does not match");
    if (schema.contains("minItems") && value.size() < schema["minItems"].get<std::size_t>())
      say(path, "has too few");
    if (schema.contains("items"))
      for (const json& item : value) check(schema["items"], item, path + "[]");
    if (schema.contains("oneOf")) check_one(schema["oneOf"], value, path);
    for (const auto& key : schema.value("required", json::array()))
      if (!value.contains(key.get<std::string>())) say(path, "lacks " + key.dump());
    if (!schema.contains("properties")) return;
    for (const auto& [key, member] : value.items())
      if (schema["properties"].contains(key))
        check(schema["properties"][key], member, path + "." + key);
      else if (schema.contains("additionalProperties"))
        say(path, "has " + key + ", which the schema does not name");
  }

  void check_one(const json& all, const json& value, const std::string& path) {
    std::size_t fits = 0;
    for (const json& one : all) {
      const std::vector<std::string> before = wrong_;
      check(one, value, path);
      fits += wrong_ == before;
      wrong_ = before;
    }
    if (fits != 1) say(path, "fits not exactly one of the forms");
  }

  const json root_;
  std::vector<std::string> wrong_;
};

Schema schema_of_plans() {
  std::ifstream file(source_dir() + "/docs/plan.schema.json");
  return Schema(json::parse(file));
}

TEST(PlanJson, IsWhatTheSchemaSays) {
  Schema schema = schema_of_plans();
  for (const FixPlan& plan : {plan_of_everything(), FixPlan{}})
    EXPECT_THAT(schema.wrong(json::parse(plan_json(plan))), testing::IsEmpty());
}

// What the reader would not take, the schema does not allow either.
TEST(PlanJson, TheSchemaRefusesDamage) {
  Schema schema = schema_of_plans();
  const json whole = json::parse(plan_json(plan_of_everything()));
  const auto damaged = [&](const std::string& pointer, const json& value) {
    json plan = whole;
    plan[json::json_pointer(pointer)] = value;
    return schema.wrong(plan);
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
  EXPECT_THAT(schema.wrong(headless), testing::SizeIs(1));
}

}  // namespace
}  // namespace touchstone
