#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include "harness/model/clean.h"
#include "reports/html.h"
#include "tests/reports/golden.h"
#include "tests/reports/pages.h"
#include "tests/reports/samples.h"

namespace touchstone {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Html, Golden) {
  expect_golden("mixed.en.html", index_of(samples::mixed()));
}
TEST(Html, GoldenChinese) {
  expect_golden("mixed.zh.html", index_of(samples::mixed(), Language::kZh));
}

TEST(Html, OpensWithTheGuide) {
  const auto document = parsed(index_of(samples::mixed()));
  const auto first = document.select_node("//section[1]").node();
  EXPECT_STREQ(first.attribute("id").value(), "guide");
  const auto rows = first.select_nodes(".//tr");
  ASSERT_EQ(rows.size(), 7u);
  // A verdict by sign and word, leading to what was found; the steps, leading to their part.
  const auto link = rows[2].node().select_node("td[@class='verdicts']/a").node();
  EXPECT_STREQ(link.child("span").text().get(), "✗ fail");
  EXPECT_TRUE(document.select_node(
      ("//article[@id='" + std::string(link.attribute("href").value() + 1) + "']").c_str()));
  EXPECT_TRUE(rows[2].node().select_node("td/a[@href='#s-3.1.13']"));
  EXPECT_THAT(rows[1].node().select_node("td[@class='reason']").node().last_child().value(),
              HasSubstr("replace the kernel"));
  EXPECT_STREQ(rows[5].node().select_node("td/span[@class='absent']").node().text().get(), "3.1.7");
  for (const auto& found : document.select_nodes("//details[@class='guide']"))
    EXPECT_TRUE(found.node().attribute("open"));
}

TEST(Html, ARecordWithoutTheGuideHasNoTableOfIt) {
  RunRecord record = samples::mixed();
  record.document.clear();
  EXPECT_THAT(index_of(record), Not(HasSubstr("id=\"guide\"")));
}

TEST(Html, KeepsToThePolicyOfJenkins) {
  for (const RunRecord& record :
       {samples::healthy(), samples::mixed(), samples::partial(), samples::repaired(),
        samples::hostile(), samples::many(70), RunRecord{}})
    for (Language language : {Language::kEn, Language::kZh}) {
      const HtmlFolder folder = html_report(record, language);
      for (const auto& [name, text] : folder.files) {
        if (!name.ends_with(".html")) continue;
        expect_allowed(folder, text);
        expect_links_lead_somewhere(text);
      }
      expect_pages_lead_to_each_other(folder);
    }
}

TEST(Html, TheStyleSheetFetchesNothing) {
  const std::string css = html_report(samples::healthy(), Language::kEn).files.at("report.css");
  EXPECT_THAT(css, Not(HasSubstr("url(")));
  EXPECT_THAT(css, Not(HasSubstr("@import")));
}

// It is printed in the margin of every sheet, out of a style sheet that may stand in a page.
TEST(Html, AClustersNameDoesNotEndTheStyleSheet) {
  RunRecord record = samples::healthy();
  record.cluster = "a\"; } * { color: red } </style> ]]> \\ 北\n";
  const std::string css = html_report(record, Language::kEn).files.at("report.css");
  EXPECT_THAT(css, HasSubstr("a\\22 \\3b \\20 \\7d \\20 \\2a "));
  EXPECT_THAT(css, HasSubstr("\\5c \\20 北\\5c n\";"));
  EXPECT_THAT(css, Not(HasSubstr("color: red")));
  EXPECT_THAT(css, Not(HasSubstr("</style")));
}

TEST(Html, NamesItsLanguageAndLeavesNoElementOpen) {
  const std::string text = index_of(samples::mixed(), Language::kZh);
  EXPECT_THAT(text, testing::StartsWith("<!DOCTYPE html>"));
  EXPECT_THAT(text, HasSubstr("<html lang=\"zh-CN\">"));
  for (const char* open : {"<td/>", "<td />", "<div />", "<span />", "<a />"})
    EXPECT_THAT(text, Not(HasSubstr(open)));
}

TEST(Html, SaysSimulatedEverywhere) {
  const auto document = parsed(index_of(samples::mixed()));
  EXPECT_THAT(document.select_node("//title").node().text().get(), HasSubstr("[SIMULATED]"));
  EXPECT_THAT(document.select_node("//p[@class='simulated']/strong").node().text().get(),
              HasSubstr("SIMULATED"));
  EXPECT_THAT(html_report(samples::mixed(), Language::kEn).files.at("report.css"),
              HasSubstr("@top-right { content: \"SIMULATED"))
      << "on every printed sheet";
  EXPECT_THAT(index_of(samples::mixed(), Language::kZh), HasSubstr("SIMULATED"));
  EXPECT_THAT(index_of(samples::healthy()), Not(HasSubstr("SIMULATED")));
}

TEST(Html, ACellLeadsToWhatWasFound) {
  const auto document = parsed(index_of(samples::mixed()));
  const auto cells =
      document.select_nodes("//table[@class='matrix']/tr[th/a='node-02']/td[@class='fail']/a");
  EXPECT_EQ(cells.size(), 2u) << "link and TLS";
  for (const auto& cell : cells) {
    const std::string id = cell.node().attribute("href").value() + 1;
    EXPECT_TRUE(document.select_node(("//article[@id='" + id + "']").c_str())) << id;
  }
}

TEST(Html, ShowsTheEvidence) {
  const std::string text = index_of(samples::mixed());
  EXPECT_THAT(text, HasSubstr("$ hccn_tool -i 7 -link -g"));
  EXPECT_THAT(text, HasSubstr("link status: DOWN"));
  EXPECT_THAT(text, HasSubstr("killed at its time limit"));
  EXPECT_THAT(text, HasSubstr("DrvMngGetConsoleLogLevel failed")) << "standard error as well";
}

TEST(Html, SurvivesWhatHostsSay) {
  const std::string text = index_of(samples::hostile());
  EXPECT_EQ(harmless(text), text);
  EXPECT_THAT(text, Not(HasSubstr("<script")));
  EXPECT_THAT(text, Not(HasSubstr("<i>")));
  EXPECT_LT(text.size(), 100'000u);
}

}  // namespace
}  // namespace touchstone
