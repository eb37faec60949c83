#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
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
  // Called when that many more answers have come.
  std::function<void(std::size_t answers)> on_answers = nullptr;
  // Called ten times a second while hosts are asked; what it does is not done for them meanwhile.
  std::function<void()> on_tick = nullptr;
  const std::atomic<bool>* interrupted =
      nullptr;               // becomes true: stop everything and return what there is
  bool later_turns = false;  // more will be asked: keep the shells, if `connected` allows for all
  std::size_t connected = 512;  // hosts that may stay connected; each costs a process here
};

// Visits to hosts, and what is asked of them afterwards over the connections that are still there.
// Nothing that was started is left running when it is gone.
class Collection {
 public:
  Collection(const Inventory& inventory, CollectOptions options);
  ~Collection();

  // As collect(), once.
  std::vector<Visit> visit(const std::vector<std::string>& hosts, const Batch& batch);

  // Asks side by side what `asked` says, connecting anew where no shell was kept, and adds the
  // answers to the visits of those hosts. What does not come back is there as Answer::End::kLost.
  // A host that falls silent costs at most its time limit, or five seconds more than its longest
  // question, after its last answer. An answer that was there already is replaced. HTTP calls are
  // not asked here.
  void turn(std::vector<Visit>& visits, const Turn& asked);

  // Whether the hosts that were visited stay connected; there may be too many of them.
  bool stays_connected() const;

 private:
  class Loop;
  std::unique_ptr<Loop> loop_;
};

// Visits every host once, in parallel: one process, one connection, one script on its standard
// input. A host costs at most its own time limit (Access::time_limit), whatever it does. One visit
// a host, in the order of `hosts`. Nothing that was started is left running.
std::vector<Visit> collect(const Inventory& inventory, const std::vector<std::string>& hosts,
                           const Batch& batch, const CollectOptions& options);

}  // namespace touchstone
