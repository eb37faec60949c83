#include "harness/cli/keep.h"

#include <cstdio>

#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/exit_codes.h"
#include "harness/cli/files.h"
#include "harness/cli/read_run.h"
#include "harness/history/history.h"
#include "harness/model/clean.h"
#include "reports/diff.h"
#include "reports/metrics.h"

namespace touchstone::cli {

Keeper::Keeper(const RunOptions& options) : options_(options) {
  if (!options.baseline.empty()) baseline_ = read_run(options.baseline);
  if (!options.history.empty()) History(options.history, History::Use::kAdd);
}

void Keeper::note(const Text& what) {
  problem_ += (problem_.empty() ? "" : "; ") + in(what, options_.language);
}

void Keeper::keep(RunRecord& record) {
  if (baseline_) record.baseline = moved_between(*baseline_, record);
  if (!options_.history.empty()) try {
      record.past = History(options_.history, History::Use::kAdd).add(record);
    } catch (const HistoryError& error) {
      note(error.text);
    }
  if (!options_.metrics.empty()) try {
      write_output(options_.metrics, metrics_text(record), true);
    } catch (const Failure& failure) {
      note(failure.text);
    }
}

int Keeper::told(int exit_code) const {
  if (problem_.empty()) return exit_code;
  std::fputs(("touchstone: " + harmless(problem_) + "\n").c_str(), stderr);
  return exit_code == 0 ? kCannotWrite : exit_code;
}

}  // namespace touchstone::cli
