#pragma once

#include <string>
#include <vector>

#include "harness/model/inventory.h"
#include "harness/model/said_error.h"
#include "harness/model/visit.h"

namespace touchstone {

// The evidence of a run with what is needed to judge it again elsewhere: inventory, profile, and
// every answer.
struct Recording {
  Inventory inventory;
  std::vector<Visit> visits;
  double started = 0;  // Unix time
  // What the run was selected to; empty: everything. What was not asked is not judged again either.
  std::vector<std::string> steps, chapters, selected_hosts;
  bool operator==(const Recording&) const = default;
};

// What is wrong with a recording, with file and line.
class RecordingError : public SaidError {
 public:
  using SaidError::SaidError;
};

// A folder: manifest.json, and hosts/<host>.jsonl with the visit in the first line and an answer in
// each further one (docs/recording.md). Throws CannotWrite (harness/model/write_file.h), and
// RecordingError where something can be no part of a recording.
//
// `loaded_from`: the folder from which load_recording() has the visits as they are. Their files are
// copied where they are still there: of a thousand hosts they are hundreds of megabytes. What was
// blanked out was so before it was recorded, so a copy has no more than what would be written anew.
void save_recording(const std::string& folder, const Recording& recording,
                    const std::string& loaded_from = "");
// `folder` may also be the folder of a report, which has its recording inside. Throws
// RecordingError.
Recording load_recording(const std::string& folder);

}  // namespace touchstone
