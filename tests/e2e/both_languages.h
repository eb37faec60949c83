#pragma once

#include <string>

#include <gtest/gtest.h>

#include "harness/model/run_record.h"
#include "reports/place.h"
#include "tests/e2e/sentences.h"

namespace touchstone {

// Every sentence of a record is there in Chinese, too.
inline void expect_both_languages(const RunRecord& record) {
  const auto expect = [](const Text& text, const std::string& where) {
    EXPECT_EQ(text.en.empty(), text.zh.empty()) << where << ": " << text.en << text.zh;
    EXPECT_TRUE(!is_prose(text.en) || has_chinese(text.zh)) << where << ": " << text.zh;
  };
  for (const StepInfo& step : record.steps) {
    expect(step.title, step.id + " title");
    expect(step.requirement, step.id + " requirement");
    expect(step.remedy, step.id + " remedy");
    const std::string place = place_text(step.place, Language::kZh);
    EXPECT_FALSE(is_prose(place)) << step.id << " place: " << place;
  }
  for (const Repair& repair : record.repairs) {
    const std::string where = "change " + std::to_string(repair.id) + " of " + repair.host;
    expect(repair.what, where);
    expect(repair.interrupts, where + ", interrupts");
    expect(repair.why, where + ", why");
    EXPECT_NE(repair.what.zh, repair.what.en) << where;
  }
  for (const StepResult& result : record.results) {
    const std::string where = record.steps[result.step].id + " on " + result.target.str();
    expect(result.reason, where + ", reason");
    for (const Finding& finding : result.findings) {
      expect(finding.expected, where + ", expected");
      expect(finding.actual, where + ", actual");
      expect(finding.why, where + ", why");
      expect(finding.next, where + ", next");
    }
  }
}

}  // namespace touchstone
