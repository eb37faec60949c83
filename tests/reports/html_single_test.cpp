#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/model/clean.h"
#include "reports/html.h"
#include "tests/reports/golden.h"
#include "tests/reports/pages.h"
#include "tests/reports/samples.h"
#include "tests/reports/samples_parts.h"

namespace touchstone {
namespace {

using testing::HasSubstr;
using testing::Not;

// Nothing is fetched from anywhere, and no link leads out of the file.
void expect_alone(const std::string& text) {
  const auto document = parsed(text);
  for (const char* element : {"script", "link", "img", "iframe", "object", "base", "form"})
    EXPECT_FALSE(document.select_node((std::string("//") + element).c_str())) << element;
  for (const auto& found : document.select_nodes("//@href|//@src|//@xlink:href"))
    EXPECT_EQ(found.attribute().value()[0], '#') << found.attribute().value();
  for (const auto& found : document.select_nodes("//@*"))
    EXPECT_FALSE(std::string(found.attribute().name()).starts_with("on"))
        << found.attribute().name();
  const std::string css = document.select_node("//style").node().text().get();
  EXPECT_THAT(text, HasSubstr("<style>/*<![CDATA[*/\n:root {"));
  EXPECT_THAT(text, HasSubstr("table.seen tr > th {")) << "as a browser reads it: not escaped";
  EXPECT_THAT(text, Not(HasSubstr("url(")));
  EXPECT_THAT(text, Not(HasSubstr("@import")));
  expect_links_lead_somewhere(text);
}

// One host on which something is wrong: pages have golden files of their own.
TEST(HtmlSingle, Golden) {
  RunRecord record = samples::with_hosts(1, 1);
  samples::tls_on(record, "node-01", 3);
  expect_golden("single.en.html", html_single(record, Language::kEn));
  expect_golden("single.zh.html", html_single(record, Language::kZh));
}

TEST(HtmlSingle, IsOneFileThatLeadsNowhereElse) {
  for (const RunRecord& record : {samples::healthy(), samples::mixed(), samples::partial(),
                                  samples::repaired(), samples::many(70), RunRecord{}})
    for (Language language : {Language::kEn, Language::kZh})
      expect_alone(html_single(record, language));
}

TEST(HtmlSingle, HasAllThatThePagesHave) {
  RunRecord record = samples::repaired();
  record.meshes = {samples::whole_mesh(2, false)};
  record.past = samples::mixed().past;
  const auto document = parsed(html_single(record, Language::kEn));
  EXPECT_EQ(document.select_nodes("//section[@class='page']").size(), 1 + record.hosts.size())
      << "what was changed, and each host";
  EXPECT_EQ(document.select_nodes("//svg[@class='board']").size(), record.hosts.size());
  EXPECT_EQ(document.select_nodes("//figure/svg[@class='mesh']").size(), 2U) << "mesh and trend";
  EXPECT_EQ(document.select_nodes("//title[parent::head]").size(), 1U);
  EXPECT_EQ(document.select_nodes("//p[@class='simulated']").size(), 1U);
  // The same text as on the pages, page by page.
  const auto page = parsed(html_report(record, Language::kEn).files.at("host-node-03.html"));
  const std::string found =
      page.select_node("//article[1]/h3").node().select_node("a").node().text().get();
  EXPECT_TRUE(document.select_node(("//section[@class='page'][header/h1[starts-with(., 'node-03')]]"
                                    "//article/h3[a='" +
                                    found + "']")
                                       .c_str()));
}

TEST(HtmlSingle, LinksBetweenPagesLeadToTheirSections) {
  const auto document = parsed(html_single(samples::repaired(), Language::kEn));
  const std::string host =
      document.select_node("//table[@class='hosts']//th/a[.='node-03']/@href").attribute().value();
  EXPECT_TRUE(document.select_node(
      ("//section[@id='" + host.substr(1) + "'][header/h1[starts-with(., 'node-03')]]").c_str()))
      << host;
  const std::string npu =
      document.select_node("//table[@class='hosts']/tr[3]/td/a[3]/@href").attribute().value();
  EXPECT_EQ(npu, host + "-npu-2");
  EXPECT_TRUE(document.select_node("//section[@class='page']//nav/a[@href='#top']"));
}

TEST(HtmlSingle, SurvivesWhatHostsSay) {
  for (Language language : {Language::kEn, Language::kZh}) {
    const std::string text = html_single(samples::hostile(), language);
    expect_alone(text);
    EXPECT_EQ(harmless(text), text);
    EXPECT_THAT(text, Not(HasSubstr("<script")));
    EXPECT_LT(text.size(), 600'000U);
  }
}

// What a mailbox takes: of a thousand hosts those have a part on which something was found.
TEST(HtmlSingle, LeavesOutHostsWithoutFindingsWhereThereAreMany) {
  const std::string text = html_single(samples::many(300), Language::kEn);
  expect_alone(text);
  const auto document = parsed(text);
  EXPECT_EQ(document.select_nodes("//svg[@class='board']").size(), 43U) << "every seventh";
  EXPECT_THAT(text, HasSubstr("257 hosts on which nothing was found"));
  EXPECT_TRUE(document.select_node("//p[@class='names']/a[.='node-02' and not(@href)]"));
}

}  // namespace
}  // namespace touchstone
