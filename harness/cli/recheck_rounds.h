#pragma once

#include <atomic>
#include <functional>
#include <vector>

#include "harness/cli/options.h"
#include "harness/evaluate/plan.h"
#include "harness/model/run_record.h"
#include "harness/model/visit.h"

namespace touchstone::cli {

// What a recheck needs of the run that it is a part of.
struct Looks {
  std::function<std::vector<Visit>(const Plan&)> ask;
  std::function<RunRecord(const std::vector<Visit>&)> judge;  // a record of its own each time
  const std::atomic<bool>* interrupted = nullptr;
};

// Asks again what failed or could not be told, up to options.recheck times, each time after
// options.recheck_after seconds, until nothing is left. The answers are taken over into `visits`;
// gives the last record, with its flaky results marked.
RunRecord look_again(const RunOptions& options, const std::vector<Chapter>& chapters,
                     const Inventory& inventory, const Plan& plan, const Looks& looks,
                     std::vector<Visit>& visits, RunRecord record);

}  // namespace touchstone::cli
