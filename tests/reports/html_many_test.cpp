#include <set>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/html.h"
#include "tests/reports/golden.h"
#include "tests/reports/pages.h"
#include "tests/reports/samples.h"

namespace touchstone {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::size_t kSteps = 40;  // beside those of the sample

// Every page to which one comes by clicking, from index.html on.
std::set<std::string> reached(const HtmlFolder& folder) {
  std::set<std::string> known{"index.html"};
  std::vector<std::string> open{"index.html"};
  while (!open.empty()) {
    const pugi::xml_document page = parsed(folder.files.at(open.back()));
    open.pop_back();
    for (const auto& found : page.select_nodes("//a[contains(@href, '.html')]/@href")) {
      const std::string where = found.attribute().value();
      const std::string name = where.substr(0, where.find('#'));
      if (known.insert(name).second) open.push_back(name);
    }
  }
  return known;
}

// Just more than are shown one by one.
TEST(HtmlMany, Golden) {
  for (const Language language : {Language::kEn, Language::kZh})
    expect_golden(language == Language::kZh ? "many.hosts.zh.html" : "many.hosts.en.html",
                  html_report(samples::many(66), language).files.at("hosts.html"));
}

TEST(HtmlMany, APageOfAThousandHostsIsHardlyLarger) {
  const auto size = [](std::size_t hosts) {
    return static_cast<double>(index_of(samples::many(hosts, kSteps)).size());
  };
  EXPECT_LT(size(1000), 3 * size(10));
  EXPECT_LT(size(1000), 400'000);
}

TEST(HtmlMany, EveryHostIsReachedByLinks) {
  const RunRecord record = samples::many(1000);
  const HtmlFolder folder = html_report(record, Language::kEn);
  const std::set<std::string> pages = reached(folder);
  std::size_t hosts = 0;
  for (const auto& [name, text] : folder.files) {
    if (!name.ends_with(".html")) continue;
    EXPECT_TRUE(pages.contains(name)) << name;
    hosts += name.starts_with("host-");
  }
  EXPECT_EQ(hosts, 1000U);
  expect_pages_lead_to_each_other(folder);
}

TEST(HtmlMany, HostsAlikeShareARow) {
  const HtmlFolder folder = html_report(samples::many(1000), Language::kEn);
  const auto index = parsed(folder.files.at("index.html"));
  const auto rows = index.select_nodes("//table[@class='hosts']/tr");
  EXPECT_LT(rows.size(), 30U);
  const auto good = rows[rows.size() - 1].node();
  EXPECT_THAT(good.select_node("th/a").node().text().get(), HasSubstr("(857)"));
  EXPECT_THAT(good.select_node("th/a").node().text().get(), testing::StartsWith("node-["));
  // It leads to all of them by name.
  const std::string where = good.select_node("th/a/@href").attribute().value();
  ASSERT_THAT(where, testing::StartsWith("hosts.html#"));
  const auto all = parsed(folder.files.at("hosts.html"));
  EXPECT_EQ(
      all.select_nodes(("//article[@id='" + where.substr(11) + "']/p[@class='names']/a").c_str())
          .size(),
      857U);
}

// Names may not push the cells out of sight.
TEST(HtmlMany, RowsOfTheMatrixAreFewAndTheirNamesShort) {
  const auto index = parsed(index_of(samples::many(1000)));
  const auto rows = index.select_nodes("//table[@class='matrix']/tr/th[@class='host']");
  EXPECT_LT(rows.size(), 30U) << "63 groups alike are a row";
  for (const auto& row : rows)
    EXPECT_LT(std::string(row.node().first_child().text().get()).size(), 45U);
  EXPECT_THAT(rows[rows.size() - 1].node().text().get(), testing::StartsWith("group group-["));
}

TEST(HtmlMany, TheWorstComeFirst) {
  const auto index = parsed(index_of(samples::many(1000)));
  EXPECT_STREQ(
      index.select_node("//table[@class='hosts']/tr[1]/td[1]/span/@class").attribute().value(),
      "badge fail");
}

// The same step failed on both, but on another NPU.
TEST(HtmlMany, HostsThatDifferInOneNpuAreNotAlike) {
  RunRecord record = samples::many(100);
  const auto rows = [&] {
    return parsed(index_of(record)).select_nodes("//table[@class='hosts']/tr").size();
  };
  const auto fail = [&](const std::string& host, int npu) {
    for (StepResult& result : record.results)
      if (record.steps[result.step].id == "3.1.6" && result.target.host == host &&
          result.target.npu == npu)
        result.verdict = Verdict::kFail;
  };
  const std::size_t before = rows();
  fail("node-02", 3);
  fail("node-03", 3);
  EXPECT_EQ(rows(), before + 1);
  fail("node-04", 5);
  EXPECT_EQ(rows(), before + 2);
}

TEST(HtmlMany, FewHostsAreNotFolded) {
  const HtmlFolder folder = html_report(samples::many(64), Language::kEn);
  EXPECT_FALSE(folder.files.contains("hosts.html"));
  EXPECT_EQ(parsed(folder.files.at("index.html"))
                .select_nodes("//table[@class='matrix'][1]/tr/th/a[starts-with(., 'node-')]")
                .size(),
            64U);
}

// Wherever they differ, a page stays one that a browser shows at once; what it leaves out is on
// hosts.html.
TEST(HtmlMany, AThousandThatAllDifferAreCut) {
  RunRecord record = samples::many(1000, kSteps);
  for (std::size_t i = 0; i < record.results.size(); ++i)
    if (record.results[i].verdict == Verdict::kPass && (i * 2654435761U >> 9U) % 16 == 0)
      record.results[i].verdict = Verdict::kFixed;
  const HtmlFolder folder = html_report(record, Language::kEn);
  const auto index = parsed(folder.files.at("index.html"));
  EXPECT_EQ(index.select_nodes("//table[@class='hosts']/tr").size(), 200U);
  EXPECT_THAT(folder.files.at("index.html"), HasSubstr(" more hosts. "));
  EXPECT_LT(folder.files.at("index.html").size(), 4'000'000U);
  EXPECT_EQ(reached(folder).size(), 1002U) << "index, hosts, and each host";
}

TEST(HtmlMany, PicturesOfGroupsWithoutLossAreNamedOnly) {
  RunRecord record = samples::healthy();
  record.meshes.assign(40, samples::whole_mesh(2, false));
  record.meshes[7].pairs[3].result = MeshPair::Result::kLost;
  for (std::size_t i = 0; i < record.meshes.size(); ++i)
    record.meshes[i].group = "group-" + std::to_string(i + 1);
  const auto index = parsed(index_of(record));
  const auto pictures = index.select_nodes("//section[@id='mesh']/figure//img");
  ASSERT_EQ(pictures.size(), 1U);
  EXPECT_STREQ(pictures[0].node().attribute("src").value(), "mesh-8.svg");
  EXPECT_EQ(index.select_nodes("//section[@id='mesh']/p[@class='names']/a").size(), 39U);
}

}  // namespace
}  // namespace touchstone
