#pragma once

#include <set>
#include <string>
#include <vector>

#include "harness/model/evidence.h"
#include "harness/model/run_record.h"
#include "harness/model/step.h"
#include "harness/remedy/script.h"

namespace touchstone {

// What --fix would do, for a person to read before it is done.
struct FixPlan {
  FixRun run;
  std::string cluster;
  bool simulated = false;
  double created = 0;                   // Unix time, UTC
  Risk allowed = Risk::kSafe;           // riskier changes are shown, and not made
  std::vector<NumberedChange> changes;  // in the order of their stages, then of the hosts

  // What is wrong and stays so: only a person can repair it, or the evidence does not tell how.
  struct Left {
    std::string step;
    Target target;
    Text why;   // empty: it is for hands
    Text next;  // what to do
    bool operator==(const Left&) const = default;
  };
  std::vector<Left> left;
  bool operator==(const FixPlan&) const = default;

  bool allows(const NumberedChange& one) const { return one.change.risk <= allowed; }
  std::size_t count_allowed() const;
  // Without whom it cannot be applied: hosts of the changes that are allowed, and those that must
  // be ready beside them.
  std::set<std::string> hosts_needed() const;
};

// The changes that the remedies of the failed steps propose. The same change of several steps is
// there once; numbers go on from `first`.
FixPlan make_fix_plan(const std::vector<Chapter>& chapters, const EvidenceBook& book,
                      const RunRecord& record, Risk allowed, int first = 1);

}  // namespace touchstone
