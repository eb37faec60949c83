#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/model/clean.h"
#include "reports/html.h"
#include "tests/reports/golden.h"
#include "tests/reports/pages.h"
#include "tests/reports/samples.h"

namespace touchstone {
namespace {

using testing::HasSubstr;
using testing::Not;

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
  expect_golden("repaired.en.html", index_of(samples::repaired()));
  expect_golden("repaired.zh.html", index_of(samples::repaired(), Language::kZh));
}

TEST(HtmlChanges, AreThereOnlyWhereAFixWasAtWork) {
  for (const RunRecord& record : {samples::healthy(), samples::mixed(), RunRecord{}}) {
    const HtmlFolder folder = html_report(record, Language::kEn);
    EXPECT_FALSE(folder.files.contains("changes.html"));
    EXPECT_THAT(folder.files.at("index.html"), Not(HasSubstr("changes.html")));
  }
}

TEST(HtmlChanges, TheFirstPageCountsThemAndLeadsThere) {
  const auto document = parsed(index_of(samples::repaired()));
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
  const auto document = parsed(index_of(samples::repaired()));
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

}  // namespace
}  // namespace touchstone
