#pragma once

#include <atomic>
#include <functional>
#include <vector>

#include "harness/collect/collector.h"
#include "harness/evaluate/plan.h"
#include "reports/progress.h"

namespace touchstone::cli {

// Asks phase by phase what could not be asked in the first round, and adds the answers to the
// visits. Those of one phase are asked together, turn by turn. Where the evidence does not tell
// what to ask, nothing is asked, and the steps say so. `before` is called with the number of each
// phase that asks anything.
void ask_later(Collection& collection, const Inventory& inventory, const Plan& plan,
               std::vector<Visit>& visits, ConsoleProgress& progress,
               const std::atomic<bool>* interrupted,
               const std::function<void(int phase)>& before = nullptr);

}  // namespace touchstone::cli
