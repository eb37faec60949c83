#include "harness/cli/commands.h"
#include "harness/cli/files.h"
#include "harness/cli/read_run.h"
#include "reports/diff.h"

namespace touchstone::cli {

int diff(const DiffOptions& options) {
  const RunRecord a = read_run(options.a), b = read_run(options.b);
  const Baseline moved = moved_between(a, b);
  print(moved_text(moved, options.language));
  return moved.moved.empty() ? 0 : 1;
}

}  // namespace touchstone::cli
