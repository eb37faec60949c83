#include "harness/cli/keep.h"

#include "harness/cli/exit_codes.h"
#include "harness/cli/files.h"
#include "harness/cli/read_run.h"
#include "harness/model/said.h"
#include "harness/model/write_file.h"
#include "reports/diff.h"
#include "reports/metrics.h"

namespace touchstone::cli {

Keeper::Keeper(const RunOptions& options) : options_(options) {
  if (!options.baseline.empty()) baseline_ = read_run(options.baseline);
  if (!options.history.empty()) history_.emplace(options.history, History::Use::kAdd);
}

void Keeper::note(const Text& what) {
  if (!problem_.empty()) problem_ += Text{";", "; "};
  problem_ += what;
}

void Keeper::keep(RunRecord& record) {
  if (baseline_) record.baseline = moved_between(*baseline_, record);
  if (history_) try {
      record.past = history_->add(record);
    } catch (const HistoryError& error) {
      note(error.text);
    }
  if (!options_.metrics.empty()) try {
      write_output(options_.metrics, metrics_text(record), true);
    } catch (const CannotWrite& error) {
      note(error.text);
    }
}

int Keeper::told(int exit_code) const {
  if (problem_.empty()) return exit_code;
  complain(problem_, options_.language);
  return exit_code == 0 ? kCannotWrite : exit_code;
}

}  // namespace touchstone::cli
