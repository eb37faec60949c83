#pragma once

#include <atomic>
#include <functional>
#include <vector>

#include "harness/model/inventory.h"
#include "harness/model/later.h"
#include "harness/model/visit.h"

namespace touchstone::cli {

// Asks what a turn has for the controller, and adds the answers to the visits of the hosts that
// they are about.
void ask_endpoints(const Turn& turn, const Inventory& inventory, std::vector<Visit>& visits,
                   const std::atomic<bool>* interrupted,
                   const std::function<void()>& on_answer = nullptr);

}  // namespace touchstone::cli
