#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "harness/model/run_record.h"

namespace touchstone {

// Targets of which the same was seen.
struct Observation {
  Text expected, actual;
  std::string excerpt;               // of the first of them
  Text reason;                       // of an error
  std::vector<std::string> targets;  // "node-01/npu3"
  std::vector<std::size_t> results;  // indices into RunRecord::results
};

// What is to be looked at once although it was found many times: one step, one explanation, many
// targets.
struct Cause {
  std::size_t step = 0;  // index into RunRecord::steps
  Verdict verdict = Verdict::kFail;
  bool broke = false;  // it passed before --fix
  Text why, next;      // `next` falls back to the step's remedy, where that is called for
  std::string command;
  std::vector<Observation> seen;
  std::size_t targets = 0;
  std::size_t explains = 0;  // blocked results

  std::vector<std::string> all_targets() const;
};

// What one step of which some targets did not pass keeps from being judged.
struct Blockage {
  std::string step;               // id of the step that blocks
  std::vector<std::string> on;    // its targets
  std::set<std::size_t> blocked;  // steps
  std::size_t results = 0;
};

struct Digest {
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  std::vector<Cause> causes;  // what a fix broke first, then those that explain most, then failures
                              // before errors, then as in the document
  std::vector<Blockage> blockages;
  std::vector<std::size_t>
      cause_of;  // for each result the first of its causes; of a blocked one, of what blocks it
  std::set<std::size_t> repaired;  // steps with results that --fix repaired, and what was wrong
  std::size_t not_run = 0;         // planned results of a run that is not complete
};

Digest digest(const RunRecord& record);

// Whether the step's remedy is the answer to this verdict. Where we could not tell it is not:
// nobody is to reboot a host because a question timed out. A step that asks nothing (0.1, the host
// answers) is the exception.
bool calls_for_remedy(const StepInfo& step, Verdict verdict);

// A planned result that an incomplete run has not come to yet.
bool not_run(const RunRecord& record, const StepResult& result);

}  // namespace touchstone
