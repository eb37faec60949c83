#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include "harness/model/clean.h"
#include "reports/html.h"
#include "reports/json.h"
#include "reports/mesh_svg.h"
#include "tests/reports/golden.h"
#include "tests/reports/pages.h"
#include "tests/reports/samples.h"

namespace touchstone {
namespace {

using testing::HasSubstr;
using testing::Not;

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
    ++found;
  return found;
}

TEST(Mesh, Golden) {
  expect_golden("mesh.en.svg", mesh_svg(samples::broken_mesh(), true, Language::kEn));
}
TEST(Mesh, GoldenChinese) {
  expect_golden("mesh.zh.svg", mesh_svg(samples::broken_mesh(), false, Language::kZh));
}

TEST(Mesh, EachResultHasASignBesideItsColour) {
  const std::string text = mesh_svg(samples::broken_mesh(), false, Language::kEn);
  EXPECT_THAT(text, HasSubstr("node-02/npu5 → node-01/npu0: 0/3"));
  EXPECT_THAT(text, HasSubstr("node-01/npu2 → node-02/npu0: 2/3"));
  EXPECT_THAT(text, HasSubstr("node-02/npu7: its link is down"));
  EXPECT_THAT(text, HasSubstr("it did not answer in time"));
  const std::string whole = mesh_svg(samples::whole_mesh(2, false), false, Language::kEn);
  EXPECT_EQ(count(whole, "<path"), 3U) << "those of the legend only";
  EXPECT_GT(count(text, "<path"), 30U);
  EXPECT_GT(count(text, "<circle"), 1U);
}

TEST(Mesh, SixtyFourHostsByRailFitAPage) {
  const Mesh mesh = samples::whole_mesh(64, true);
  const std::string text = mesh_svg(mesh, false, Language::kEn);
  const auto document = parsed(text);
  EXPECT_LT(document.child("svg").attribute("width").as_double(), 1400);
  EXPECT_LT(text.size(), 2'500'000U);
  EXPECT_THAT(text, HasSubstr("A cell is one index"));
}

TEST(Mesh, SurvivesNamesOfAllSorts) {
  const RunRecord hostile = samples::hostile();
  for (Language language : {Language::kEn, Language::kZh}) {
    const std::string text = mesh_svg(hostile.meshes[0], true, language);
    EXPECT_EQ(harmless(text), text);
    EXPECT_THAT(text, Not(HasSubstr("<script")));
    EXPECT_THAT(text, HasSubstr(simulated_mark(true, language)));
    for (const auto& attribute : parsed(text).select_nodes("//@style|//@onload|//style|//script"))
      ADD_FAILURE() << attribute.attribute().name();
  }
  parsed(mesh_svg(Mesh{}, false, Language::kEn));
}

TEST(Mesh, ThePageShowsAPictureOfEachGroup) {
  RunRecord record = samples::mixed();
  record.meshes.push_back(samples::whole_mesh(3, true));
  const HtmlFolder folder = html_report(record, Language::kEn);
  EXPECT_TRUE(folder.files.contains("mesh-1.svg"));
  EXPECT_TRUE(folder.files.contains("mesh-2.svg"));
  EXPECT_THAT(folder.files.at("index.html"), HasSubstr("src=\"mesh-2.svg\""));
  EXPECT_THAT(folder.files.at("index.html"), HasSubstr("48/384 pairs asked"));
  record.meshes.clear();
  EXPECT_THAT(html_report(record, Language::kEn).files.at("index.html"), Not(HasSubstr("mesh-")));
}

TEST(Mesh, ARecordThatPointsNowhereIsRefused) {
  RunRecord record = samples::mixed();
  record.meshes[0].pairs[0].to = 99;
  EXPECT_THROW(run_from_json(run_json(record)), RunJsonError);
}

}  // namespace
}  // namespace touchstone
