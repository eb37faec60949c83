#pragma once

#include <optional>

#include "harness/cli/options.h"
#include "harness/history/history.h"
#include "harness/model/run_record.h"

namespace touchstone::cli {

// What a run is compared with, and what is kept of it beside its report. Made before any host is
// asked: a history or a baseline that cannot be used is refused at once. A history that is not
// there is made.
class Keeper {
 public:
  explicit Keeper(const RunOptions& options);

  // Fills in `record.baseline`; adds the run to the history, which fills in `record.past`; writes
  // the metrics. What goes wrong here is told by `told`: the report is written all the same.
  void keep(RunRecord& record);

  // Says what went wrong on standard error. A run that would be accepted is not, when what was
  // asked for is not there.
  int told(int exit_code) const;

 private:
  void note(const Text& what);

  const RunOptions& options_;
  std::optional<RunRecord> baseline_;
  std::optional<History> history_;  // open from the beginning: all of it is checked then, and once
  Text problem_;
};

}  // namespace touchstone::cli
