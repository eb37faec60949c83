#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/model/run_record.h"

namespace touchstone::cli {

// A verdict of a report that its own recording does not give.
struct OtherVerdict {
  std::string step;
  Target target;
  std::optional<Verdict> reported, judged;  // nothing: there is no such result
};

struct JudgedAgain {
  std::size_t results = 0;  // that were compared
  std::vector<OtherVerdict> others;
  // What the record says of the cluster that its recording does not: "simulated: true, false".
  std::vector<std::string> facts;
};

// Judges the recording in a report's folder again, with the waivers that the record names, as of
// the time when it was made, and compares the verdicts with the record's. After --fix both
// recordings are judged, of before and after. Throws RecordingError, and SelectionError where the
// recording selects what this version does not know.
JudgedAgain judge_again(const std::string& folder, const RunRecord& record);

}  // namespace touchstone::cli
