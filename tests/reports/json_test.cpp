#include <limits>
#include <tuple>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "reports/json.h"
#include "tests/json_schema.h"
#include "tests/reports/golden.h"
#include "tests/reports/samples.h"

namespace touchstone {
namespace {

using nlohmann::json;
using testing::HasSubstr;

TEST(RunJson, Golden) {
  expect_golden("mixed.run.json", run_json(samples::mixed()));
}

TEST(RunJson, GoldenOfARunThatRepaired) {
  expect_golden("repaired.run.json", run_json(samples::repaired()));
}

TEST(RunJson, ReadsWhatItWrote) {
  for (const RunRecord& record : {samples::healthy(), samples::mixed(), samples::partial(),
                                  samples::repaired(), samples::hostile(), RunRecord{}})
    EXPECT_TRUE(run_from_json(run_json(record)) == record) << record.cluster;
}

TEST(RunJson, KeepsEveryFieldOfAResult) {
  RunRecord record = samples::mixed();
  record.replayed = true;
  record.selection = "--chapter 3.1";
  record.results[3].exhibits = {{.host = "node-01",
                                 .npu = 2,
                                 .question = "q",
                                 .answer = {.end = Answer::End::kLost,
                                            .exit_code = -9,
                                            .command = "c",
                                            .out = "\xff",
                                            .err = "\xfe",
                                            .cut = true,
                                            .start = 1.1,
                                            .seconds = 0.1}}};
  EXPECT_TRUE(run_from_json(run_json(record)) == record);
}

TEST(RunJson, KeepsBytesThatAreNoUtf8) {
  const json parsed = json::parse(run_json(samples::hostile()));
  for (const json& result : parsed["results"])
    if (result["verdict"] == "fail") {
      EXPECT_THAT(result["exhibits"][0]["out"].get<std::string>(), HasSubstr("\uFFFD"));
      EXPECT_TRUE(result["exhibits"][0].contains("out_b64"));
      return;
    }
  FAIL() << "no failed result";
}

TEST(RunJson, ATimeThatIsNoNumberIsZero) {
  RunRecord record = samples::healthy();
  record.results[0].seconds = std::numeric_limits<double>::infinity();
  EXPECT_EQ(run_from_json(run_json(record)).results[0].seconds, 0);
}

std::string refusal(const std::string& text) {
  try {
    run_from_json(text);
  } catch (const RunJsonError& error) {
    return error.what();
  }
  return "taken";
}

std::string edited(const std::string& pointer, const json& value) {
  json record = json::parse(run_json(samples::mixed()));
  record[json::json_pointer(pointer)] = value;
  return refusal(record.dump());
}

TEST(RunJson, RefusesWithThePlace) {
  EXPECT_THAT(refusal(""), HasSubstr("not JSON"));
  EXPECT_THAT(refusal("{\"schema\": 1"), HasSubstr("line 1"));
  EXPECT_THAT(refusal("[]"), HasSubstr("expected an object"));
  EXPECT_THAT(refusal("{}"), HasSubstr("\"schema\" is missing"));
  EXPECT_THAT(edited("/schema", 2), HasSubstr("schema 2 is not known"));
  EXPECT_THAT(edited("/schema", "1"), HasSubstr("schema: expected a whole number"));
  EXPECT_THAT(edited("/results/3/verdict", "good"),
              HasSubstr("results[3].verdict: expected a verdict"));
  EXPECT_THAT(edited("/results/3/step", "9.9"), HasSubstr("results[3].step"));
  EXPECT_THAT(edited("/results/3/target/npu", 1e300),
              HasSubstr("results[3].target.npu: expected a whole number"));
  EXPECT_THAT(edited("/results/3/explains", -1), HasSubstr("explains"));
  EXPECT_THAT(edited("/hosts/0/npus", 18446744073709551615U), HasSubstr("hosts[0].npus"));
  EXPECT_THAT(edited("/hosts/0/name", 1), HasSubstr("hosts[0].name: expected a string"));
  EXPECT_THAT(edited("/hosts/0/name_b64", "!"), HasSubstr("base64"));
  EXPECT_THAT(edited("/steps/1/id", "0.1"), HasSubstr("steps[1]"));
  EXPECT_THAT(edited("/steps/1/risk", "none"), HasSubstr("steps[1].risk"));
  EXPECT_THAT(edited("/steps/1/scope", "rack"), HasSubstr("steps[1].scope: expected \"host\", "));
  EXPECT_THAT(edited("/document/3/number", 7), HasSubstr("document[3].number"));
  EXPECT_THAT(edited("/document/0/steps", "2.1.1"), HasSubstr("document[0].steps"));
  EXPECT_THAT(edited("/results", json::object()), HasSubstr("results: expected an array"));
}

TEST(RunJson, RefusesRepairsThatAreNone) {
  const auto with = [](const std::string& pointer, const json& value) {
    json record = json::parse(run_json(samples::repaired()));
    record[json::json_pointer(pointer)] = value;
    return refusal(record.dump());
  };
  EXPECT_THAT(with("/repairs/2/outcome", "good"),
              HasSubstr("repairs[2].outcome: expected an outcome like \"done\""));
  EXPECT_THAT(with("/repairs/2/risk", "none"), HasSubstr("repairs[2].risk"));
  EXPECT_THAT(with("/repairs/2/id", "3"), HasSubstr("repairs[2].id: expected a whole number"));
  EXPECT_THAT(with("/repairs", json::object()), HasSubstr("repairs: expected an array"));
  EXPECT_THAT(with("/results/0/broke", 1), HasSubstr("results[0].broke: expected true or false"));
}

// Records of versions without --fix have none of its keys.
TEST(RunJson, SaysNothingOfRepairsWhereThereAreNone) {
  const std::string text = run_json(samples::mixed());
  for (const char* key : {"\"repairs\"", "\"journal\"", "_before\"", "\"broke\""})
    EXPECT_THAT(text, testing::Not(HasSubstr(key)));
}

TEST(RunJson, ReadsRecordsOfBeforeTheGuidesTable) {
  json record = json::parse(run_json(samples::mixed()));
  record.erase("document");
  RunRecord expected = samples::mixed();
  expected.document.clear();
  EXPECT_TRUE(run_from_json(record.dump()) == expected);
}

TEST(RunJson, RefusesDepthWithoutDescending) {
  EXPECT_THAT(refusal(std::string(1'000'000, '[')), HasSubstr("nested deeper"));
}

// Neither more nor less than docs/run-record.schema.json.
TEST(RunJson, IsWhatTheSchemaSays) {
  const json schema = schema_of("run-record.schema.json");
  for (const RunRecord& record : {samples::healthy(), samples::mixed(), samples::partial(),
                                  samples::repaired(), samples::hostile()})
    EXPECT_THAT(against_schema(schema, json::parse(run_json(record))), testing::IsEmpty());
}

// One for each thing that the schema says of a value, and what is told of it.
TEST(RunJson, TheSchemaRefusesDamage) {
  const json schema = schema_of("run-record.schema.json"),
             whole = json::parse(run_json(samples::mixed()));
  const auto told = [&](const json& record) { return against_schema(schema, record); };
  for (const auto& [pointer, value, what] : std::vector<std::tuple<const char*, json, const char*>>{
           {"/schema", 2, "schema: is not 1"},
           {"/schema", "1", "schema: is no \"integer\""},
           {"/cluster", 7, "cluster: is no \"string\""},
           {"/simulated", "yes", "simulated: is no \"boolean\""},
           {"/started", "now", "started: is no \"number\""},
           {"/questions", -1, "questions: is too small"},
           {"/exit_code", 64, "exit_code: is none of [0,1,2]"},
           {"/versions/driver", 24, "versions.driver: is no \"string\""},
           {"/counts/good", 1, "counts.good: is none of "},
           {"/cluster_b64", "!", "cluster_b64: is not in \"base64\""},
           {"/colour", "red", "colour: is not in the schema"},
           {"/hosts/1/seconds", "2 s", "hosts[1].seconds: is no \"number\""},
           {"/results/3/verdict", "good", "results[3].verdict: is none of "},
           {"/results/3/target/rack", "r1", "results[3].target.rack: is not in the schema"}}) {
    json record = whole;
    record[json::json_pointer(pointer)] = value;
    EXPECT_THAT(told(record), testing::ElementsAre(testing::StartsWith(what))) << pointer;
  }
  json record = whole;
  record["results"][3].erase("verdict");
  EXPECT_THAT(told(record), testing::ElementsAre("results[3]: lacks \"verdict\""));
}

}  // namespace
}  // namespace touchstone
