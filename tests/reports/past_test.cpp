#include "reports/past.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include "reports/console.h"
#include "reports/html.h"
#include "reports/junit.h"
#include "reports/summary.h"
#include "tests/reports/golden.h"
#include "tests/reports/samples.h"

namespace touchstone {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Past, GoldenTrend) {
  expect_golden("trend.en.svg", trend_svg(samples::mixed().past, true, Language::kEn));
}
TEST(Past, GoldenTrendChinese) {
  expect_golden("trend.zh.svg", trend_svg(samples::mixed().past, false, Language::kZh));
}

TEST(Past, EqualChangesAreToldOnce) {
  const auto lines = fold_changes(samples::mixed().past);
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[0].targets.size(), 3U);
  EXPECT_EQ(when_of(lines[0], Language::kEn), "");
  EXPECT_EQ(when_of(lines[1], Language::kEn), "since 2026-02-22T06:13:20Z, 4 runs");
  EXPECT_EQ(when_of(lines[2], Language::kEn), "was not good since 2026-02-23T06:13:20Z, 2 runs");
  EXPECT_EQ(when_of(lines[3], Language::kEn), "5 turns in the last 10 runs");
}

TEST(Past, WithoutAHistoryNothingIsSaid) {
  const RunRecord record = samples::healthy();
  EXPECT_THAT(console_report(record, {}), Not(HasSubstr("What changed")));
  const HtmlFolder folder = html_report(record, Language::kEn);
  EXPECT_THAT(folder.files.at("index.html"), Not(HasSubstr("id=\"news\"")));
  EXPECT_FALSE(folder.files.contains("trend.svg"));
}

TEST(Past, TheFirstRunSaysThatItIs) {
  RunRecord record = samples::healthy();
  record.past.nights = {{record.started, Verdict::kPass, {}}};
  EXPECT_THAT(console_report(record, {}), HasSubstr("This is the first run of this history."));
  record.past.previous = 1;
  EXPECT_THAT(console_report(record, {}), HasSubstr("Nothing changed."));
}

TEST(Past, APictureOfHostileNumbersParses) {
  for (const RunRecord& record : {samples::hostile(), samples::mixed()}) {
    const std::string text = trend_svg(record.past, true, Language::kEn);
    pugi::xml_document document;
    EXPECT_TRUE(document.load_string(text.c_str()));
    EXPECT_THAT(text, Not(HasSubstr("nan")));
    EXPECT_THAT(text, Not(HasSubstr("style=")));
  }
}

TEST(Past, JUnitSaysSinceWhen) {
  pugi::xml_document document;
  document.load_string(junit_xml(samples::mixed()).c_str());
  const auto properties = [&](const char* name) {
    std::string text;
    for (const auto& found : document.select_nodes(
             ("//testcase[@name='" + std::string(name) + "']/properties/property").c_str()))
      text += std::string(found.node().attribute("name").value()) + "=" +
              found.node().attribute("value").value() + ";";
    return text;
  };
  EXPECT_EQ(
      properties("3.1.3 LinkIsUp node-02/npu7"),
      "step=3.1.3;target=node-02/npu7;risk=hands;history=still failing;since=2026-02-22T06:13:"
      "20Z;runs=4;");
  EXPECT_THAT(properties("3.1.8 TlsSwitchIsZero node-02/npu5"), HasSubstr("history=recovered"));
  EXPECT_EQ(properties("3.1.8 TlsSwitchIsZero node-02/npu6"), "");
}

// What write.cpp puts into description.txt and badge.txt, of each verdict.
TEST(Past, GoldenOfABuildsDescription) {
  for (const Language language : {Language::kEn, Language::kZh}) {
    std::string all;
    for (const RunRecord& record : {samples::healthy(), samples::mixed(), samples::partial(),
                                    samples::repaired(), samples::hostile()})
      all += description_of(record, language) + "\n" + badge_of(record, language) + "\n";
    expect_golden(language == Language::kZh ? "builds.zh.txt" : "builds.en.txt", all);
  }
}

TEST(Past, ABuildIsDescribedInOneLine) {
  const RunRecord record = samples::mixed();
  EXPECT_EQ(badge_of(record, Language::kEn), "REJECTED: 10 fail");
  EXPECT_THAT(description_of(record, Language::kEn),
              testing::AllOf(testing::StartsWith("REJECTED [SIMULATED] · 10 fail · "),
                             HasSubstr("3 new · 1 still failing · 1 recovered · 1 flapping")));
  EXPECT_EQ(badge_of(samples::healthy(), Language::kZh), "验收通过");
  const std::string hostile = description_of(samples::hostile(), Language::kEn);
  EXPECT_THAT(hostile, Not(HasSubstr("<")));
  EXPECT_THAT(hostile, Not(HasSubstr("\n")));
}

}  // namespace
}  // namespace touchstone
