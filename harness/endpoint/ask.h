#pragma once

#include <atomic>
#include <functional>
#include <utility>
#include <vector>

#include "harness/model/inventory.h"
#include "harness/model/later.h"

namespace touchstone {

struct AskOptions {
  double connect_seconds = 5;
  const std::atomic<bool>* interrupted = nullptr;  // becomes true: stop, and tell what there is
  std::function<void()> on_answer = nullptr;       // called as each question is answered
};

// Asks those of `asked` that are for the controller and have an HttpCall, side by side, each in the
// way that the inventory gives for its host's group. However a request ends, the answer tells it in
// JSON (docs/parse.md, http-exchange); an answer with another end or exit code means that we could
// not ask: exit code 1 with the reason in `err`, kLost when interrupted.
std::vector<std::pair<const FollowUp*, Answer>> ask(const std::vector<FollowUp>& asked,
                                                    const Inventory& inventory,
                                                    const AskOptions& options = {});

}  // namespace touchstone
