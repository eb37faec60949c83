#pragma once

#include <string>
#include <vector>

#include "harness/model/run_record.h"

namespace touchstone {

// What JUnit tells of a case, in one language: cut to what is read there, and harmless. What
// histories hang on, names of suites and cases and the values of properties, is not from here: it
// is the same in both.
class CaseTexts {
 public:
  explicit CaseTexts(Language language) : language_(language) {}

  // One line: the first finding, or the reason.
  std::string headline(const std::vector<Finding>& findings, const StepResult& result) const;
  std::string details(const StepInfo& step, const StepResult& result) const;
  std::string evidence(const std::vector<Exhibit>& exhibits) const;
  std::string changes(const std::vector<const Repair*>& repairs) const;
  std::string fixed(const StepResult& result, const std::vector<const Repair*>& repairs) const;
  std::string skipped(const StepResult& result) const;
  std::string broken_by_the_fix() const;
  std::string not_run() const;

 private:
  std::string details(const Finding& finding) const;
  std::string stream(const char* name, const std::string& stream) const;
  const std::string& say(const Text& text) const { return in(text, language_); }

  Language language_;
};

// "3.142"; what is no time is 0.
std::string junit_seconds(double seconds);

}  // namespace touchstone
