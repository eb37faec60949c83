#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "reports/ctrf.h"
#include "reports/metrics.h"
#include "tests/reports/golden.h"
#include "tests/reports/metrics_grammar.h"
#include "tests/reports/samples.h"

namespace touchstone {
namespace {

using testing::HasSubstr;

TEST(Metrics, Golden) {
  expect_golden("mixed.prom", metrics_text(samples::mixed()));
}

TEST(Metrics, KeepToTheGrammar) {
  for (const RunRecord& record :
       {samples::healthy(), samples::mixed(), samples::partial(), samples::many(20)})
    expect_metrics_grammar(metrics_text(record));
}

TEST(Metrics, HostileNamesStayInTheirLabels) {
  RunRecord record = samples::hostile();
  record.hosts[0].name = "a\"b\\c\nd\x1b[2J\xff} 1\ntouchstone_fake 1";
  const std::string text = metrics_text(record);
  EXPECT_THAT(text, testing::Not(HasSubstr("\ntouchstone_fake")));
  expect_metrics_grammar(text);
}

// A label is cut after 200 bytes, and text that is no UTF-8 has but one sign: a name that is no
// longer unlike another's gets a number, since the collector refuses a file with a series twice.
TEST(Metrics, NamesThatLookAlikeStayTwo) {
  RunRecord record = samples::healthy();
  const std::string name(300, 'x');
  for (const auto& [host, end] : {std::pair{0, "\xff"}, std::pair{1, "\xfe"}}) {
    for (StepResult& result : record.results)
      if (result.target.host == record.hosts[host].name) result.target.host = name + end;
    record.hosts[host].name = name + end;
  }
  expect_metrics_grammar(metrics_text(record));
}

TEST(Metrics, ASeriesIsThereWithNothingInIt) {
  EXPECT_THAT(metrics_text(samples::healthy()),
              HasSubstr("touchstone_results{cluster=\"lab.north\",verdict=\"fail\"} 0\n"));
}

TEST(Ctrf, Golden) {
  expect_golden("mixed.ctrf.json", ctrf_json(samples::mixed()));
  expect_golden("mixed.ctrf.zh.json", ctrf_json(samples::mixed(), Language::kZh));
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
