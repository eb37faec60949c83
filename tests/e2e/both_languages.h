#pragma once

#include <regex>
#include <string>

#include <gtest/gtest.h>

#include "harness/model/run_record.h"

namespace touchstone {

inline bool has_chinese(const std::string& text) {
  // The first bytes of UTF-8 from U+3000 to U+9FFF; ours are below.
  return text.find_first_of("\xE3\xE4\xE5\xE6\xE7\xE8\xE9") != std::string::npos;
}

// Words that make a sentence; values, names, commands and paths are the same in every language.
inline bool is_prose(const std::string& text) {
  static const std::regex kCommand(
      R"(^\s*(\./|/|chmod|chown|docker|systemctl|npu-smi|hccn_tool|source|export|for|rm|ssh)\b.*)"),
      kWords(R"((^|[^-\w/.])[a-z]{2,} [a-z]{2,})");
  return std::regex_search(text, kWords) && !std::regex_match(text, kCommand);
}

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
