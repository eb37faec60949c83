#include "harness/parse/mindie_config.h"

#include <gmock/gmock.h>

#include "tests/parse/expect.h"

namespace touchstone {
namespace {

constexpr std::string_view kConfig = R"({
    "port" : 1,
    "ServerConfig" : {
        "port" : 1025,
        "httpsEnabled" : false
    },
    "BackendConfig" : {
        "ModelDeployConfig" : {
            "ModelConfig" : [{"worldSize" : 8}, {"worldSize" : 4}]
        }
    }
})";

TEST(MindieConfigText, AParameterIsReadWhereTheServiceReadsIt) {
  const auto config = taken(parse_mindie_config(kConfig, ""));
  const auto ports = config.read_at("port");
  ASSERT_EQ(ports.size(), 1u);
  EXPECT_EQ(ports[0].path, "ServerConfig.port");
  EXPECT_EQ(ports[0].value->text, "1025");
  EXPECT_EQ(ports[0].value->position, (TextPosition{4, 18}));
  EXPECT_EQ(config.all_of("port").size(), 2u);
  EXPECT_EQ(config.read_at("ServerConfig.port")[0].value, ports[0].value);
  const auto sizes = config.read_at("worldSize");
  ASSERT_EQ(sizes.size(), 2u);
  EXPECT_EQ(sizes[1].path, "BackendConfig.ModelDeployConfig.ModelConfig[1].worldSize");
  EXPECT_TRUE(config.read_at("maxSeqLen").empty());
  EXPECT_TRUE(config.read_at("ServerConfig.port.more").empty());
}

TEST(MindieConfigText, ALineWithACaret) {
  EXPECT_EQ(excerpt_of("a\n\t\"x\" : 12,\nb\n", {2, 8}), "2 |     \"x\" : 12,\n  |           ^");
  EXPECT_EQ(excerpt_of("\"节点\": 1", {1, 7}), "1 | \"节点\": 1\n  |         ^");
  EXPECT_EQ(excerpt_of("a", {1, 9}), "1 | a\n  |  ^");
  EXPECT_EQ(excerpt_of("a\n", {5, 1}), "");
}

// What people do to this file; the place is that of the mistake.
TEST(MindieConfigText, RefusesWithThePlace) {
  struct Row {
    std::string_view text;
    int line, column;
    std::string_view says;
  };
  constexpr Row kTable[] = {
      {"{\"ServerConfig\": {\n\"a\" : true, # on\n\"b\" : 1}}", 2, 13, "# begins a comment"},
      {"{\"ServerConfig\": {\n\"a\" : \"R1\" # x\n\"b\" : 1}}", 2, 12, "# begins a comment"},
      {"{\"ServerConfig\": {\n  \"a\" : \"R1\"\n  \"b\" : 1}}", 2, 13, "a comma is missing here"},
      {"{\"ServerConfig\": {\"a\": 1,\n \"a\": 2}}", 2, 2, "a second time (first: line 1)"},
      {"{\"ServerConfig\": {\"a\": 1,\n}}", 1, 25, "a comma before the closing }"},
      {"{\"ServerConfig\": {\"a\": \"\xff\"}}", 1, 25, "not UTF-8"},
  };
  for (const Row& row : kTable) {
    SCOPED_TRACE(row.text);
    const auto parsed = parse_mindie_config(row.text, "");
    expect_refused(parsed, Kind::kMalformed, row.says);
    EXPECT_EQ(parsed.refusal().line, row.line);
    EXPECT_EQ(parsed.refusal().column, row.column);
  }
  expect_refused(parse_mindie_config("{\"model_type\": \"deepseekv2\"}", ""), Kind::kMalformed,
                 "not the configuration of the service");
  expect_refused(parse_mindie_config("", "cat: /x: No such file or directory"), Kind::kNotSet,
                 "not there");
  expect_refused(parse_mindie_config("[]", ""), Kind::kMalformed, "neither");
}

}  // namespace
}  // namespace touchstone
