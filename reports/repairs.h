#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "harness/model/run_record.h"
#include "reports/words.h"

namespace touchstone {

// What all reports say of the changes that --fix made, with the same words.

bool is_outcome(std::string_view outcome);  // one of those that a record may have
std::string word_for_outcome(std::string_view outcome, Language language);    // "half done"
std::string meaning_of_outcome(std::string_view outcome, Language language);  // a sentence
// Outcomes in the order in which a person should look at them: what is half done first.
std::size_t place_of_outcome(std::string_view outcome);
// What a verdict of the same gravity would be: its colour and its sign are used.
Verdict likeness_of_outcome(std::string_view outcome);

// By outcome, in that order.
std::vector<std::pair<std::string, std::size_t>> outcomes_of(const RunRecord& record);
std::string outcomes_line(const RunRecord& record, Language language);  // "1 half done · 5 done"

std::size_t broken_by_fix(const RunRecord& record);  // results

// "touchstone undo report/journal.jsonl", to be typed; empty where nothing can be taken back.
std::string undo_command(const RunRecord& record);
std::string undo_command(const RunRecord& record, const std::string& host);

// The changes that were to repair a result: of its step, and on its target.
class RepairsOf {
 public:
  explicit RepairsOf(const RunRecord& record);
  std::vector<const Repair*> find(const std::string& step, const Target& target) const;

 private:
  const RunRecord& record_;
  std::unordered_map<std::string, std::vector<const Repair*>> by_step_and_host_;
};

// Changes that differ by their NPU or host alone, as one line of a terminal.
struct RepairGroup {
  const Repair* first = nullptr;
  std::vector<std::string> targets;  // "node-01/npu3"
  bool alike = true;                 // all are described with the same words
};
std::vector<RepairGroup> repair_groups(const RunRecord& record);

}  // namespace touchstone
