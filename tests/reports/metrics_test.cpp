#include <regex>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "reports/ctrf.h"
#include "reports/metrics.h"
#include "tests/reports/golden.h"
#include "tests/reports/samples.h"

namespace touchstone {
namespace {

using testing::HasSubstr;

TEST(Metrics, Golden) {
  expect_golden("mixed.prom", metrics_text(samples::mixed()));
}

// The text format's grammar, a line at a time: what promtool checks, too.
void expect_grammar(const std::string& text) {
  static const std::regex kHelp("# HELP [a-z_]+ [ -~]+"), kType("# TYPE ([a-z_]+) gauge"),
      kSample(R"re(([a-z_]+)\{(?:[a-z_]+="(?:[^"\\]|\\\\|\\"|\\n)*",?)+\} -?[0-9][0-9.e+-]*)re");
  std::istringstream lines(text);
  std::set<std::string> names, series;
  std::string current, line;
  while (std::getline(lines, line)) {
    std::smatch match;
    if (line.starts_with("# HELP")) {
      EXPECT_TRUE(std::regex_match(line, kHelp)) << line;
    } else if (std::regex_match(line, match, kType)) {
      current = match[1];
      EXPECT_TRUE(names.insert(current).second) << current << " is there twice";
    } else {
      ASSERT_TRUE(std::regex_match(line, match, kSample)) << line;
      EXPECT_EQ(match[1], current) << line;
      EXPECT_TRUE(series.insert(line.substr(0, line.rfind(' '))).second) << line << " twice";
    }
  }
  EXPECT_TRUE(text.ends_with("\n"));
  EXPECT_GT(series.size(), 20U);
}

TEST(Metrics, KeepToTheGrammar) {
  for (const RunRecord& record :
       {samples::healthy(), samples::mixed(), samples::partial(), samples::many(20)})
    expect_grammar(metrics_text(record));
}

TEST(Metrics, HostileNamesStayInTheirLabels) {
  RunRecord record = samples::hostile();
  record.hosts[0].name = "a\"b\\c\nd\x1b[2J\xff} 1\ntouchstone_fake 1";
  const std::string text = metrics_text(record);
  EXPECT_THAT(text, testing::Not(HasSubstr("\ntouchstone_fake")));
  expect_grammar(text);
}

TEST(Metrics, ASeriesIsThereWithNothingInIt) {
  EXPECT_THAT(metrics_text(samples::healthy()),
              HasSubstr("touchstone_results{cluster=\"lab.north\",verdict=\"fail\"} 0\n"));
}

TEST(Ctrf, Golden) {
  expect_golden("mixed.ctrf.json", ctrf_json(samples::mixed()));
}

TEST(Ctrf, CountsWhatItLists) {
  for (const RunRecord& record :
       {samples::healthy(), samples::mixed(), samples::partial(), samples::hostile()}) {
    const auto ctrf = nlohmann::json::parse(ctrf_json(record));
    EXPECT_EQ(ctrf["reportFormat"], "CTRF");
    std::map<std::string, std::size_t> counts;
    for (const auto& test : ctrf["results"]["tests"]) {
      ++counts[test["status"].get<std::string>()];
      EXPECT_TRUE(test["name"].is_string() && test["duration"].is_number_integer());
    }
    const auto& summary = ctrf["results"]["summary"];
    EXPECT_EQ(summary["tests"], record.results.size());
    for (const char* status : {"passed", "failed", "pending", "skipped"})
      EXPECT_EQ(summary[status], counts[status]) << status;
  }
}

}  // namespace
}  // namespace touchstone
