#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include "reports/clean.h"
#include "reports/html.h"
#include "tests/reports/golden.h"
#include "tests/reports/samples.h"

namespace touchstone {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string page_of(const RunRecord& record, Language language = Language::kEn) {
  return html_report(record, language).files.at("index.html");
}

pugi::xml_document parsed(const std::string& text) {
  pugi::xml_document document;
  const auto result =
      document.load_buffer(text.data(), text.size(), pugi::parse_full, pugi::encoding_utf8);
  EXPECT_TRUE(result) << result.description() << " at " << result.offset;
  return document;
}

// What Jenkins' policy forbids or would not load, in attributes and elements; evidence may speak of
// it.
void expect_allowed(const std::string& text) {
  pugi::xml_document document = parsed(text);
  static const std::set<std::string> kForbidden{"script", "style", "iframe", "object",
                                                "embed",  "form",  "base"};
  struct Walker : pugi::xml_tree_walker {
    bool for_each(pugi::xml_node& node) override {
      EXPECT_FALSE(kForbidden.count(node.name())) << node.name();
      for (pugi::xml_attribute attribute : node.attributes()) {
        const std::string name = attribute.name(), value = attribute.value();
        EXPECT_NE(name, "style");
        EXPECT_NE(name.substr(0, 2), "on") << name;
        EXPECT_EQ(value.find("://"), std::string::npos) << name << "=" << value;
        EXPECT_NE(value.substr(0, 5), "data:") << name;
        const bool leads = name == "href" || name == "src";
        EXPECT_TRUE(!leads || value[0] == '#' || value == "report.css" || value == "trend.svg" ||
                    value.starts_with("mesh-"))
            << value;
      }
      return true;
    }
  } walker;
  document.traverse(walker);
}

void expect_links_lead_somewhere(const std::string& text) {
  const pugi::xml_document document = parsed(text);
  std::set<std::string> ids;
  for (const auto& found : document.select_nodes("//@id"))
    EXPECT_TRUE(ids.insert(found.attribute().value()).second) << found.attribute().value();
  for (const auto& found : document.select_nodes("//a[starts-with(@href, '#')]/@href"))
    EXPECT_TRUE(ids.count(found.attribute().value() + 1)) << found.attribute().value();
}

TEST(Html, Golden) {
  expect_golden("mixed.en.html", page_of(samples::mixed()));
}
TEST(Html, GoldenChinese) {
  expect_golden("mixed.zh.html", page_of(samples::mixed(), Language::kZh));
}

TEST(Html, OpensWithTheGuide) {
  const auto document = parsed(page_of(samples::mixed()));
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
  EXPECT_THAT(page_of(record), Not(HasSubstr("id=\"guide\"")));
}

TEST(Html, KeepsToThePolicyOfJenkins) {
  for (const RunRecord& record : {samples::healthy(), samples::mixed(), samples::partial(),
                                  samples::hostile(), samples::many(70), RunRecord{}})
    for (Language language : {Language::kEn, Language::kZh}) {
      expect_allowed(page_of(record, language));
      expect_links_lead_somewhere(page_of(record, language));
    }
}

TEST(Html, TheStyleSheetFetchesNothing) {
  const std::string css = html_report(samples::healthy(), Language::kEn).files.at("report.css");
  EXPECT_THAT(css, Not(HasSubstr("url(")));
  EXPECT_THAT(css, Not(HasSubstr("@import")));
}

TEST(Html, NamesItsLanguageAndLeavesNoElementOpen) {
  const std::string text = page_of(samples::mixed(), Language::kZh);
  EXPECT_THAT(text, testing::StartsWith("<!DOCTYPE html>"));
  EXPECT_THAT(text, HasSubstr("<html lang=\"zh-CN\">"));
  for (const char* open : {"<td/>", "<td />", "<div />", "<span />", "<a />"})
    EXPECT_THAT(text, Not(HasSubstr(open)));
}

TEST(Html, SaysSimulatedEverywhere) {
  const auto document = parsed(page_of(samples::mixed()));
  EXPECT_THAT(document.select_node("//title").node().text().get(), HasSubstr("[SIMULATED]"));
  EXPECT_THAT(document.select_node("//p[@class='simulated']/strong").node().text().get(),
              HasSubstr("SIMULATED"));
  EXPECT_THAT(document.select_node("//div[@class='running']").node().text().get(),
              HasSubstr("[SIMULATED]"));
  EXPECT_THAT(page_of(samples::mixed(), Language::kZh), HasSubstr("SIMULATED"));
  EXPECT_THAT(page_of(samples::healthy()), Not(HasSubstr("SIMULATED")));
}

TEST(Html, ACellLeadsToWhatWasFound) {
  const auto document = parsed(page_of(samples::mixed()));
  const auto cells =
      document.select_nodes("//table[@class='matrix']/tr[th/a='node-02']/td[@class='fail']/a");
  EXPECT_EQ(cells.size(), 2u) << "link and TLS";
  for (const auto& cell : cells) {
    const std::string id = cell.node().attribute("href").value() + 1;
    EXPECT_TRUE(document.select_node(("//article[@id='" + id + "']").c_str())) << id;
  }
}

TEST(Html, ShowsTheEvidence) {
  const std::string text = page_of(samples::mixed());
  EXPECT_THAT(text, HasSubstr("$ hccn_tool -i 7 -link -g"));
  EXPECT_THAT(text, HasSubstr("link status: DOWN"));
  EXPECT_THAT(text, HasSubstr("killed at its time limit"));
  EXPECT_THAT(text, HasSubstr("DrvMngGetConsoleLogLevel failed")) << "standard error as well";
}

TEST(Html, EachNpuHasATile) {
  const auto document = parsed(page_of(samples::mixed()));
  EXPECT_EQ(document
                .select_nodes(
                    "//article[h3[starts-with(., 'node-02')]]//div[starts-with(@class, 'tile ')]")
                .size(),
            8u);
  EXPECT_EQ(
      document.select_nodes("//article[h3[starts-with(., 'node-02')]]//div[@class='tile fail']")
          .size(),
      5u);
}

TEST(Html, AHostThatSaidNothingGetsNoEmptyTable) {
  const auto document = parsed(page_of(samples::mixed()));
  const auto tiles = document.select_nodes(
      "//article[h3[starts-with(., 'node-04')]]//div[starts-with(@class, 'tile ')]");
  EXPECT_EQ(tiles.size(), 8u);
  for (const auto& tile : tiles) EXPECT_FALSE(tile.node().child("dl"));
}

TEST(Html, SurvivesWhatHostsSay) {
  const std::string text = page_of(samples::hostile());
  EXPECT_EQ(harmless(text), text);
  EXPECT_THAT(text, Not(HasSubstr("<script")));
  EXPECT_THAT(text, Not(HasSubstr("<i>")));
  EXPECT_LT(text.size(), 100'000u);
}

TEST(Html, FoldsEqualHostsOfALargeCluster) {
  const auto document = parsed(page_of(samples::many(300)));
  EXPECT_LT(document.select_nodes("//table[@class='matrix']/tr").size(), 80u);
  EXPECT_EQ(parsed(page_of(samples::many(64)))
                .select_nodes("//table[@class='matrix']/tr/th/a[starts-with(., 'node-')]")
                .size(),
            64u);
}

}  // namespace
}  // namespace touchstone
