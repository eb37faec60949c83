#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "harness/collect/batch.h"
#include "harness/model/inventory.h"
#include "harness/model/visit.h"

namespace touchstone {

struct CollectOptions {
  int forks = 64;          // hosts asked at once
  std::string ssh_config;  // for the ssh transport; empty: the user's own
  // Called as each host ends, from the thread that collects.
  std::function<void(const Visit&, std::size_t done, std::size_t total)> on_visit = nullptr;
  const std::atomic<bool>* interrupted =
      nullptr;  // becomes true: stop everything and return what there is
};

// Visits every host once, in parallel: one process, one connection, one script on its standard
// input. A host costs at most its own time limit (Access::time_limit), whatever it does. One visit
// a host, in the order of `hosts`. Nothing that was started is left running.
std::vector<Visit> collect(const Inventory& inventory, const std::vector<std::string>& hosts,
                           const Batch& batch, const CollectOptions& options);

}  // namespace touchstone
