#include "harness/config/waivers.h"

#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "harness/config/zone.h"
#include "tests/config/config_test.h"
#include "tests/places.h"

namespace touchstone {
namespace {

using testing::HasSubstr;
using testing::UnorderedElementsAreArray;

std::string with_expires(const std::string& expires) {
  return "touchstone: 1\nwaivers:\n  - steps: [\"3.1.8\"]\n    targets: [node-01]\n    "
         "justification: j\n    approver: a\n    expires: " +
         expires + "\n";
}

std::string mistakes_in(const std::string& text) {
  try {
    parse_waivers(text, "w.yaml");
  } catch (const ConfigError& error) {
    return config_test::told(error);
  }
  return "";
}

std::string docs(const std::string& name) {
  std::ostringstream text;
  text << std::ifstream(source_dir() + "/docs/" + name).rdbuf();
  return text.str();
}

TEST(Waivers, ThePagesExampleIsTaken) {
  const std::string page = docs("waivers.md");
  const std::size_t begin = page.find("```yaml\n") + 8;
  const auto waivers = parse_waivers(page.substr(begin, page.find("```", begin) - begin), "w.yaml");
  ASSERT_EQ(waivers.size(), 1U);
  EXPECT_EQ(waivers[0].steps, std::vector<std::string>{"3.1.13"});
  EXPECT_EQ(waivers[0].targets, (std::vector<std::string>{"node-[01-03]/npu7", "node-09"}));
  EXPECT_EQ(waivers[0].approver, "Li Wei, operations");
  EXPECT_EQ(waivers[0].place, "w.yaml:4");
  EXPECT_EQ(waivers[0].expires_at, 1798732800);  // 2026-12-31T16:00:00Z
}

// `date -d '2027-01-01 00:00 ZONE' +%s` says the same.
TEST(Waivers, ADayEndsInItsZone) {
  const auto end = [](const std::string& text) {
    Text error;
    return end_of_day(text, &error).value_or(-1);
  };
  EXPECT_EQ(end("2026-12-31 UTC"), 1798761600);
  EXPECT_EQ(end("2026-12-31 Asia/Shanghai"), 1798761600 - 8 * 3600);
  EXPECT_EQ(end("2026-12-31 America/Los_Angeles"), 1798761600 + 8 * 3600);
  EXPECT_EQ(end("2026-06-30 America/Los_Angeles"), 1782864000 + 7 * 3600);  // summer time
  EXPECT_EQ(end("2026-12-31 Asia/Kolkata"), 1798761600 - 19800);            // half an hour
  EXPECT_EQ(end("2028-02-29 UTC"), 1835481600);                             // a leap day
  EXPECT_EQ(end("2026-12-31  Asia/Shanghai"), end("2026-12-31 Asia/Shanghai"));
  // Clocks go forward at midnight: that day begins at one, UTC-3.
  EXPECT_EQ(end("2018-11-03 America/Sao_Paulo"), 1541300400);
}

TEST(Waivers, NoZoneIsGuessed) {
  EXPECT_EQ(mistakes_in(with_expires("2026-12-31")),
            "w.yaml:7:14: waivers[0].expires: no time zone is named, and none is guessed; write a "
            "date and a zone, such as 2026-12-31 Asia/Shanghai");
  for (const char* odd : {"2026-12-31T00:00:00Z", "2026-12-31T23:59:59+08:00", "31.12.2026 UTC",
                          "2026-2-3 UTC", "2026-02-29 UTC", "2026-13-01 UTC", "2026-00-10 UTC",
                          "1999-01-01 UTC", "never", "2026-04-31 UTC", "-026-01-01 UTC"})
    EXPECT_THAT(mistakes_in(with_expires(odd)), HasSubstr("is no date")) << odd;
  // Abbreviations mean several zones, offsets are not named ones.
  for (const char* odd : {"2026-12-31 CST", "2026-12-31 EST", "2026-12-31 +08:00",
                          "2026-12-31 GMT+8", "2026-12-31 Asia/Nowhere", "2026-12-31 Z",
                          "2026-12-31 Asia/Shanghai extra", "2026-12-31 /", "2026-12-31 ../UTC"})
    EXPECT_THAT(mistakes_in(with_expires(odd)), HasSubstr("is no time zone of the IANA database"))
        << odd;
  EXPECT_THAT(mistakes_in(with_expires("2026-12-31 Asia/Shangai")),
              HasSubstr("did you mean 'Asia/Shanghai'?"));
}

TEST(Waivers, MistakesHaveTheirPlaces) {
  EXPECT_THAT(mistakes_in(""), HasSubstr("there is nothing in the file"));
  EXPECT_THAT(mistakes_in("waivers: []\n"), HasSubstr("touchstone: the key is missing"));
  EXPECT_THAT(mistakes_in("touchstone: 2\nwaivers: []\n"), HasSubstr("w.yaml:1:13"));
  EXPECT_THAT(mistakes_in("touchstone: 1\nwaivers: {}\n"), HasSubstr("write a list of waivers"));
  EXPECT_THAT(mistakes_in("touchstone: 1\nwaivers:\n  - step: [\"1\"]\n"),
              HasSubstr("w.yaml:3:5: waivers[0].step: unknown key; did you mean 'steps'?"));
  const std::string bare = mistakes_in("touchstone: 1\nwaivers:\n  - {}\n");
  for (const char* key : {"steps", "targets", "justification", "approver", "expires"})
    EXPECT_THAT(bare, HasSubstr(std::string("waivers[0].") + key + ": the key is missing"));
  const std::string odd = mistakes_in(
      "touchstone: 1\nwaivers:\n  - steps: [\"3.1.8\", tls, \"3.1.8\", \"3.\"]\n    targets: "
      "[node-01/3, \"node-[01-\", node 1, \"\"]\n    justification: \"\"\n    approver: "
      "[a]\n    expires: 2026-12-31 UTC\n");
  EXPECT_THAT(odd, HasSubstr("w.yaml:3:22: waivers[0].steps[1]: \"tls\" is no step"));
  EXPECT_THAT(odd, HasSubstr("3.1.8 is named twice"));
  EXPECT_THAT(odd, HasSubstr("\"3.\" is no step"));
  EXPECT_THAT(odd, HasSubstr("justification: the text is empty"));
  EXPECT_THAT(odd, HasSubstr("approver: this is a list"));
  EXPECT_THAT(mistakes_in("touchstone: 1\nwaivers:\n  - targets: [node-01/3, \"node-[01-\"]\n"),
              testing::AllOf(HasSubstr("an NPU is written node-01/npu3"),
                             HasSubstr("the bracket '[' is not closed")));
}

TEST(Waivers, LongTextsMayTakeSeveralLines) {
  const auto waivers = parse_waivers(
      "touchstone: 1\nwaivers:\n  - steps: [\"3.1.8\"]\n    targets: [cluster]\n    justification: "
      "|\n      one\n      two\n    approver: a\n    expires: 2026-12-31 UTC\n",
      "w.yaml");
  EXPECT_EQ(waivers[0].justification, "one two");
}

TEST(Waivers, TheSchemaAndThePageKnowTheKeys) {
  const auto schema = nlohmann::json::parse(docs("waivers.schema.json"));
  const auto keys = [](const nlohmann::json& map) {
    std::vector<std::string> all;
    for (const auto& [key, value] : map.at("properties").items()) all.push_back(key);
    return all;
  };
  const auto file = waiver_file_keys(), waiver = waiver_keys();
  EXPECT_THAT(keys(schema), UnorderedElementsAreArray(file.begin(), file.end()));
  EXPECT_THAT(keys(schema["$defs"]["waiver"]),
              UnorderedElementsAreArray(waiver.begin(), waiver.end()));
  EXPECT_THAT(schema["$defs"]["waiver"]["required"].get<std::vector<std::string>>(),
              UnorderedElementsAreArray(waiver.begin(), waiver.end()));
  const std::string page = docs("waivers.md");
  for (const auto& all : {file, waiver})
    for (const std::string_view key : all)
      EXPECT_THAT(page, HasSubstr('`' + std::string(key) + '`'));
}

}  // namespace
}  // namespace touchstone
