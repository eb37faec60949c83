#pragma once

#include <atomic>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "harness/model/later.h"
#include "harness/remedy/journal.h"
#include "harness/remedy/plan.h"

namespace touchstone {

// How hosts are asked: the questions of a turn, those of one host one after the other; the answers
// in the same order.
using AskHosts = std::function<std::vector<Answer>(const Turn&)>;

struct ApplyOptions {
  // The connection is kept between the changes: then a lock is dead when its connection is.
  bool stays = true;
  // Nothing is changed unless the state is everywhere what the plan says (`touchstone fix`).
  bool all_or_nothing = false;
  const std::atomic<bool>* interrupted = nullptr;  // true: what was begun is ended, nothing more
  std::function<void(const NumberedChange&, const ChangeResult&)> on_change = nullptr;
  // The lock of a dead run was taken over: of which host, and in the host's words whose it was.
  std::function<void(const std::string&, const std::string&)> on_takeover = nullptr;
};

// Makes the changes that the plan allows: stage by stage, hosts side by side. What fails on a host
// ends the later changes of that host, and a precondition that does not hold those that stand on
// it; changes that belong together are made on all their hosts or on none. The journal tells of
// each before it is begun. One result a change, in the plan's order.
std::vector<ChangeResult> apply_plan(const FixPlan& plan, const Inventory& inventory,
                                     const AskHosts& ask, Journal& journal,
                                     const ApplyOptions& options);

// Takes changes back, the newest first, those of one stage of all hosts side by side.
std::vector<ChangeResult> undo_changes(const FixRun& run,
                                       const std::vector<JournalStory::Entry>& entries,
                                       const Inventory& inventory, const AskHosts& ask,
                                       Journal& journal, const ApplyOptions& options);

}  // namespace touchstone
