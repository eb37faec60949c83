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
                    value.starts_with("mesh-") || value.starts_with("changes.html") ||
                    value.starts_with("index.html"))
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

std::set<std::string> ids_of(const std::string& text) {
  const pugi::xml_document document = parsed(text);
  std::set<std::string> ids;
  for (const auto& found : document.select_nodes("//@id")) ids.insert(found.attribute().value());
  return ids;
}

// "changes.html#f-3.1.8" of one page must be there on the other.
void expect_pages_lead_to_each_other(const HtmlFolder& folder) {
  for (const auto& [name, text] : folder.files) {
    if (!name.ends_with(".html")) continue;
    const pugi::xml_document document = parsed(text);
    for (const auto& found : document.select_nodes("//a[contains(@href, '.html')]/@href")) {
      const std::string where = found.attribute().value();
      const std::string page = where.substr(0, where.find('#'));
      ASSERT_TRUE(folder.files.contains(page)) << where;
      if (page != where) {
        EXPECT_TRUE(ids_of(folder.files.at(page)).contains(where.substr(page.size() + 1))) << where;
      }
    }
  }
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
  for (const RunRecord& record :
       {samples::healthy(), samples::mixed(), samples::partial(), samples::repaired(),
        samples::hostile(), samples::many(70), RunRecord{}})
    for (Language language : {Language::kEn, Language::kZh}) {
      const HtmlFolder folder = html_report(record, language);
      for (const auto& [name, text] : folder.files) {
        if (!name.ends_with(".html")) continue;
        expect_allowed(text);
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

std::string changes_of(const RunRecord& record, Language language = Language::kEn) {
  return html_report(record, language).files.at("changes.html");
}

TEST(HtmlChanges, Golden) {
  expect_golden("repaired.changes.en.html", changes_of(samples::repaired()));
}
TEST(HtmlChanges, GoldenChinese) {
  expect_golden("repaired.changes.zh.html", changes_of(samples::repaired(), Language::kZh));
}
TEST(HtmlChanges, GoldenOfTheFirstPage) {
  expect_golden("repaired.en.html", page_of(samples::repaired()));
}

TEST(HtmlChanges, AreThereOnlyWhereAFixWasAtWork) {
  for (const RunRecord& record : {samples::healthy(), samples::mixed(), RunRecord{}}) {
    const HtmlFolder folder = html_report(record, Language::kEn);
    EXPECT_FALSE(folder.files.contains("changes.html"));
    EXPECT_THAT(folder.files.at("index.html"), Not(HasSubstr("changes.html")));
  }
}

TEST(HtmlChanges, TheFirstPageCountsThemAndLeadsThere) {
  const auto document = parsed(page_of(samples::repaired()));
  EXPECT_TRUE(document.select_node("//header/p[@class='changes']/a[@href='changes.html']"));
  EXPECT_STREQ(document.select_node("//header/p[@class='changes']/span[1]").node().text().get(),
               "✗ 1 half done");
  EXPECT_THAT(document.select_node("//header/p[@class='notice']/a").node().text().get(),
              HasSubstr("Passed before the fix, and not any more: 1"));
  EXPECT_TRUE(document.select_node("//nav/a[@href='changes.html']"));
  EXPECT_TRUE(document.select_node(
      "//table[@class='matrix']//td[@class='fixed']/a[@href='changes.html#f-3.1.8']"));
}

TEST(HtmlChanges, WhatTheFixBrokeComesFirst) {
  const auto document = parsed(page_of(samples::repaired()));
  const auto first = document.select_node("//article[starts-with(@class, 'cause')][1]").node();
  EXPECT_THAT(
      first.select_node("h3").node().select_node("span[@class='badge broke']").node().text().get(),
      HasSubstr("broken by the fix"));
  EXPECT_TRUE(first.select_node("h3/a[@href='#s-3.1.3']"));
}

TEST(HtmlChanges, EachHasWhatAPersonWantsToKnow) {
  const auto document = parsed(changes_of(samples::repaired()));
  EXPECT_EQ(document.select_nodes("//details[starts-with(@class, 'change')]").size(), 10U);
  const auto file = document.select_node("//details[@id='r-7']").node();
  EXPECT_EQ(file.select_nodes("pre[@class='diff']/span[@class='more']").size(), 1U);
  EXPECT_EQ(file.select_nodes("pre[@class='diff']/span[@class='less']").size(), 1U);
  EXPECT_EQ(file.select_nodes("pre[@class='diff']/span[@class='at']").size(), 3U);
  EXPECT_TRUE(file.select_node("dl/dd/a[@href='index.html#s-4.1.2']"));
  const std::string all = changes_of(samples::repaired());
  EXPECT_THAT(all, HasSubstr("NPU 5 is in use"));
  EXPECT_THAT(all, HasSubstr("all containers of this host"));
  EXPECT_THAT(all, HasSubstr("touchstone undo touchstone-report/20260225T061320Z/journal.jsonl "
                             "--host node-01"));
  EXPECT_THAT(all, Not(HasSubstr("--host node-03"))) << "nothing to take back there";
  EXPECT_THAT(all, HasSubstr("[SIMULATED]"));
}

// hccn_tool tells of the certificates along with the switch.
TEST(HtmlChanges, LeaveOutOfAStateWhatIsTheSame) {
  RunRecord record = samples::repaired();
  const auto states = [&](const std::string& was, const std::string& is) {
    record.repairs[0].was = was;
    record.repairs[0].is = is;
    const auto document = parsed(changes_of(record));
    const auto values = document.select_nodes("//details[@id='r-1']/dl/dd[@class='value']");
    EXPECT_EQ(values.size(), 3U);
    return std::string(values[0].node().text().get()) + "|" + values[1].node().text().get();
  };
  EXPECT_EQ(states("a\nx\nb\nc\nd", "a\ny\nb\nc\nd"),
            "… lines alike: 1\nx\n… lines alike: 3|… lines alike: 1\ny\n… lines alike: 3");
  EXPECT_EQ(states("x\nb\nc\nd", "b\nc\nd"), "x\nb\nc\nd|b\nc\nd") << "a line went";
  EXPECT_EQ(states("a\nb\nc\nd", "a\nb\nc\nd"), "a\nb\nc\nd|a\nb\nc\nd");
  EXPECT_EQ(states("a\nx", "a\ny"), "a\nx|a\ny") << "short as it is";
  EXPECT_EQ(states("a\na\na\na", "a\na\na\na\na"), "a\na\na\na|a\na\na\na\na");
}

TEST(HtmlChanges, ShowsTheEvidenceBeforeAndAfter) {
  const auto document = parsed(changes_of(samples::repaired()));
  const auto article = document.select_node("//article[@id='f-3.1.8']").node();
  EXPECT_STREQ(article.select_node("table/tr[2]/td[1]").node().text().get(),
               "node-01/npu[0-3], node-02/npu0");
  const auto pair = article.select_node("details/div[@class='pair'][1]").node();
  EXPECT_THAT(pair.select_node("div[1]/figure/pre[@class='out']").node().text().get(),
              HasSubstr("tls switch[1]"));
  EXPECT_THAT(pair.select_node("div[2]/figure/pre[@class='out']").node().text().get(),
              HasSubstr("tls switch[0]"));
}

TEST(HtmlChanges, SurviveWhatHostsSay) {
  for (Language language : {Language::kEn, Language::kZh}) {
    const std::string text = changes_of(samples::hostile(), language);
    EXPECT_EQ(harmless(text), text);
    EXPECT_THAT(text, Not(HasSubstr("<script")));
    EXPECT_THAT(text, HasSubstr("&lt;script"));
    EXPECT_THAT(text, HasSubstr("\\x1b[31mred"));
    EXPECT_LT(text.size(), 100'000u) << "1 MiB and 100,000 lines were cut";
  }
  const auto document = parsed(changes_of(samples::hostile()));
  EXPECT_EQ(document.select_nodes("//details[@id='r-2']/pre/span").size(), 200U);
  EXPECT_THAT(document.select_node("//details[@id='r-2']/p").node().text().get(),
              HasSubstr("more lines, see run.json"));
}

TEST(HtmlChanges, ThePageStaysWithinMegabytes) {
  RunRecord record = samples::repaired();
  const Repair one = record.repairs[6];
  record.repairs.clear();
  for (int i = 0; i < 20'000; ++i) {
    record.repairs.push_back(one);
    record.repairs.back().id = i + 1;
    record.repairs.back().change += std::string(1000, '\n');
  }
  const std::string text = changes_of(record);
  EXPECT_LT(text.size(), 8'000'000u);
  EXPECT_THAT(text, HasSubstr("18000 more changes, see run.json"));
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
