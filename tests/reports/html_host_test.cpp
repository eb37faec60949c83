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

std::string host_page(const RunRecord& record, const std::string& name = "node-02",
                      Language language = Language::kEn) {
  return html_report(record, language).files.at("host-" + name + ".html");
}

// "DOWN ✗ fail": what stands on the board of one NPU, value by value.
std::string said_of(const pugi::xml_document& page, int npu) {
  std::string all;
  const std::string path = "//*[@id='npu-" + std::to_string(npu) + "']//text";
  for (const auto& found : page.select_nodes(path.c_str()))
    all += std::string(found.node().text().get()) + "|";
  return all;
}

TEST(HtmlHost, Golden) {
  expect_golden("mixed.host.en.html", host_page(samples::mixed()));
}
TEST(HtmlHost, GoldenChinese) {
  expect_golden("mixed.host.zh.html", host_page(samples::mixed(), "node-02", Language::kZh));
}

// With what was changed on it, and what was not.
TEST(HtmlHost, GoldenOfARunThatRepaired) {
  expect_golden("repaired.host.en.html", host_page(samples::repaired()));
  expect_golden("repaired.host.zh.html", host_page(samples::repaired(), "node-02", Language::kZh));
}

TEST(HtmlHost, TheBoardHasEachNpuWithItsValues) {
  const auto page = parsed(host_page(samples::mixed()));
  EXPECT_EQ(page.select_nodes("//svg[@class='board']/g").size(), 8U);
  // TLS on: told by value, sign and colour, and by the step's id.
  const std::string tls = said_of(page, 0);
  EXPECT_THAT(tls, HasSubstr("|TLS|1|✗|"));
  EXPECT_THAT(tls, HasSubstr("|Link|UP|✓|"));
  EXPECT_THAT(tls, HasSubstr("|NPU 0|✗ fail|"));
  EXPECT_THAT(tls, HasSubstr("|✗ 3.1.8|"));
  EXPECT_TRUE(page.select_node("//g[@id='npu-0']//rect[@class='chip fail']"));
  // A link that is down is no whole line; what stands on it is blocked.
  EXPECT_THAT(said_of(page, 7), HasSubstr("|Link|DOWN|✗|"));
  EXPECT_THAT(said_of(page, 7), HasSubstr("⊘ 3.1.6"));
  EXPECT_STREQ(page.select_node("//g[@id='npu-7']//path/@stroke-dasharray").attribute().value(),
               "4 5");
  EXPECT_STREQ(page.select_node("//g[@id='npu-6']//path/@stroke-dasharray").attribute().value(),
               "none");
  EXPECT_THAT(said_of(page, 6), HasSubstr("|NPU 6|✓ pass|"));
}

TEST(HtmlHost, AnNpuLeadsToWhatWasFoundOfIt) {
  const auto page = parsed(host_page(samples::mixed()));
  const std::string id =
      page.select_node("//g[@id='npu-7']/a/@href").attribute().value() + std::string(" ");
  const auto article =
      page.select_node(("//article[@id='" + id.substr(1, id.size() - 2) + "']").c_str()).node();
  EXPECT_THAT(article.child("h3").child("a").text().get(), HasSubstr("3.1.3"));
  EXPECT_FALSE(page.select_node("//g[@id='npu-6']/a"));
}

TEST(HtmlHost, EachFindingHasQuestionAnswerExpectedAndNextAction) {
  const auto page = parsed(host_page(samples::mixed()));
  const auto link = page.select_node("//article[h3/a='3.1.3']").node();
  EXPECT_STREQ(link.select_node("h3/a/@href").attribute().value(), "index.html#s-3.1.3");
  EXPECT_STREQ(link.select_node("table/tr[2]/td[2]/span").node().text().get(), "UP");
  EXPECT_STREQ(link.select_node("table/tr[2]/td[3]/span").node().text().get(), "DOWN");
  EXPECT_TRUE(link.select_node("dl[@class='advice']/dt[.='next']"));
  EXPECT_TRUE(link.select_node("details[@open]")) << "printed without a click";
  EXPECT_STREQ(link.select_node("details/figure/pre[@class='command']").node().text().get(),
               "$ hccn_tool -i 7 -link -g");
  // Of a group's finding only this host's part.
  const auto same = page.select_node("//article[h3/a='3.1.9']").node();
  EXPECT_STREQ(same.select_node("table/tr[2]/td[1]").node().text().get(), "node-02/npu0");
  EXPECT_THAT(host_page(samples::mixed()), Not(HasSubstr("node-01")));
}

TEST(HtmlHost, IsReachedFromTheListAndFromTheMatrix) {
  const auto index = parsed(index_of(samples::mixed()));
  EXPECT_TRUE(index.select_node("//table[@class='matrix']//th/a[@href='host-node-02.html']"));
  EXPECT_TRUE(index.select_node("//table[@class='hosts']//th/a[@href='host-node-02.html']"));
  EXPECT_TRUE(
      index.select_node("//table[@class='hosts']//td/a[@class='npu fail' and "
                        "@href='host-node-02.html#npu-7' and .='✗']"));
}

TEST(HtmlHost, AHostThatAnsweredNothingSaysSo) {
  const auto page = parsed(host_page(samples::mixed(), "node-04"));
  EXPECT_THAT(page.select_node("//header/pre[@class='err']").node().text().get(),
              HasSubstr("Connection timed out"));
  EXPECT_THAT(page.select_node("//section[@id='board']/p").node().text().get(),
              HasSubstr("Nothing was answered"));
  EXPECT_THAT(said_of(page, 0), HasSubstr("|TLS|not answered|⊘|"));
  EXPECT_THAT(said_of(page, 0), HasSubstr("|NPU 0|⊘ blocked|"));
  EXPECT_TRUE(page.select_node("//article[h3/a='0.1']"));
}

TEST(HtmlHost, WhatHasNotRunIsNoVerdict) {
  const auto page = parsed(host_page(samples::partial()));
  EXPECT_STREQ(page.select_node("//header/p/strong").node().text().get(), "not run");
  EXPECT_THAT(said_of(page, 3), HasSubstr("|NPU 3|… not run|"));
  EXPECT_FALSE(page.select_node("//p[@class='calm']")) << "nothing found is not nothing wrong";
}

// In whatever order they come: an error is one beside what has not run.
TEST(HtmlHost, AnErrorBesideWhatHasNotRunIsTold) {
  for (const bool last : {false, true}) {
    RunRecord record = samples::partial();
    std::vector<StepResult*> of_npu;
    for (StepResult& result : record.results)
      if (result.target.host == "node-02" && result.target.npu == 3) of_npu.push_back(&result);
    (last ? of_npu.back() : of_npu.front())->reason = {"没有回答", "no answer"};
    const auto page = parsed(host_page(record));
    EXPECT_STREQ(page.select_node("//header/p/strong").node().text().get(), "error");
    EXPECT_THAT(said_of(page, 3), HasSubstr("|NPU 3|? error|"));
    EXPECT_THAT(said_of(page, 4), HasSubstr("|NPU 4|… not run|"));
  }
}

TEST(HtmlHost, HasAsManyNpusAsTheHost) {
  RunRecord record = samples::healthy();
  for (const auto& [npus, drawn] : {std::pair{0, 0U}, {1, 1U}, {7, 7U}, {16, 16U}, {999, 64U}}) {
    record.hosts[1].npus = npus;
    const auto page = parsed(host_page(record));
    EXPECT_EQ(page.select_nodes("//svg[@class='board']/g").size(), drawn) << npus;
  }
  record.hosts[1].npus = -1;
  EXPECT_THAT(host_page(record), HasSubstr("No NPU is planned"));
}

TEST(HtmlHost, TellsOfItsWaiversAndChanges) {
  const auto waived = parsed(host_page(samples::mixed(), "node-03"));
  EXPECT_EQ(waived.select_nodes("//section[@id='waivers']/article").size(), 1U)
      << "those of other hosts are not here";
  EXPECT_FALSE(parsed(host_page(samples::mixed())).select_node("//section[@id='waivers']"));
  const auto changed = parsed(host_page(samples::repaired(), "node-01"));
  EXPECT_TRUE(changed.select_node("//header/p/a[starts-with(@href, 'changes.html#h-')]"));
  EXPECT_TRUE(changed.select_node("//section[@id='verdicts']//a[@href='changes.html#f-3.1.8']"));
}

TEST(HtmlHost, NamesOfFilesAreSafeAndUnique) {
  RunRecord record = samples::healthy();
  const HostInfo host = record.hosts[0];
  record.hosts.clear();
  for (const char* name : {"node-01", "NODE-01", "../../etc/passwd", "a b", "a-b", "a/b",
                           "<script>", "", "主机", "a\n\x1b[2J", "..", "a#b?c=%2f", "x.html"}) {
    record.hosts.push_back(host);
    record.hosts.back().name = name;
  }
  record.hosts.push_back(host);
  record.hosts.back().name = std::string(5000, 'n');
  const HtmlFolder folder = html_report(record, Language::kEn);
  std::size_t pages = 0;
  for (const auto& [name, text] : folder.files) {
    if (!name.starts_with("host-")) continue;
    ++pages;
    EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789._-"),
              std::string::npos)
        << name;
    EXPECT_LT(name.size(), 120U);
    expect_allowed(folder, text);
  }
  EXPECT_EQ(pages, record.hosts.size());
  EXPECT_TRUE(folder.files.contains("host-node-01.html"));
  EXPECT_FALSE(folder.files.contains("host-NODE-01.html")) << "not every file system knows case";
  expect_pages_lead_to_each_other(folder);
}

TEST(HtmlHost, SurvivesWhatHostsSay) {
  for (Language language : {Language::kEn, Language::kZh}) {
    const std::string text = host_page(samples::hostile(), "node-01", language);
    EXPECT_EQ(harmless(text), text);
    EXPECT_THAT(text, Not(HasSubstr("<script")));
    EXPECT_THAT(text, HasSubstr("&lt;script"));
    EXPECT_LT(text.size(), 100'000U) << "1 MiB was cut";
  }
}

TEST(HtmlHost, SaysSimulatedInItsTitle) {
  for (const auto& [name, text] : html_report(samples::mixed(), Language::kZh).files)
    if (name.ends_with(".html")) {
      EXPECT_THAT(parsed(text).select_node("//title").node().text().get(), HasSubstr("SIMULATED"))
          << name;
      EXPECT_TRUE(parsed(text).select_node("//p[@class='simulated']")) << name;
    }
}

}  // namespace
}  // namespace touchstone
