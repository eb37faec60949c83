#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "harness/cli/hosts_asked.h"
#include "harness/model/run_record.h"
#include "harness/model/step.h"
#include "harness/remedy/apply.h"

namespace touchstone::cli {

// The number of a run that changes something: when, and something that no other run has.
FixRun new_fix_run();

// Tells each change as it is made; where standard output cannot be written, nobody.
std::function<void(const NumberedChange&, const ChangeResult&)> told_as_made(Language language);

// Tells of locks that were found without a holder: the host, whose the lock was and why it is dead.
std::function<void(const std::string&, const std::string&)> told_takeovers(Language language);

// What a run with --plan or --fix works with.
struct FixContext {
  const RunOptions& options;
  const std::vector<Chapter>& chapters;
  const Plan& plan;
  const Inventory& inventory;
  const std::string& folder;  // of the report
  HostsAsked* hosts;          // null: of a recording
  const std::atomic<bool>* interrupted;
  std::function<RunRecord(const std::vector<Visit>&)> judge;
};

// Plans and, with --fix, changes and judges again, at most three times. The plan is left as
// plan.json in the folder, the journal as journal.jsonl. Returns the record as it is at the end.
struct FixedRun {
  RunRecord record;
  bool written = true;  // false: a plan or the journal could not be, which was told
};
FixedRun fix_run(const FixContext& context, RunRecord record, const std::vector<Visit>& visits);

}  // namespace touchstone::cli
