#pragma once

#include <atomic>
#include <vector>

#include "harness/collect/collector.h"
#include "harness/evaluate/plan.h"
#include "reports/progress.h"

namespace touchstone::cli {

// Asks phase by phase what could not be asked in the first round, and adds the answers to the
// visits. Those of one phase are asked together, turn by turn. Where the evidence does not tell
// what to ask, nothing is asked, and the steps say so.
void ask_later(Collection& collection, const Inventory& inventory, const Plan& plan,
               std::vector<Visit>& visits, ConsoleProgress& progress,
               const std::atomic<bool>* interrupted);

}  // namespace touchstone::cli
