#pragma once

#include "harness/evaluate/plan.h"
#include "harness/evaluate/waivers.h"
#include "harness/model/evidence.h"
#include "harness/model/run_record.h"

namespace touchstone {

// Chapters, steps, hosts and, for every step and target of the plan, a result that is not judged
// yet: what a record holds while hosts are being asked.
RunRecord planned_record(const Plan& plan, const std::vector<Chapter>& chapters,
                         const Inventory& inventory);

// Judges everything in the plan, each step after those it stands on, and fills in `record`:
// results, what blocked them, the exhibits beside what is wrong, and the hosts' states. Results of
// steps that were not selected are in it only where they are what blocks a selected one. Waivers
// are applied as each step is judged: what stands on a waived one goes on.
//
// While hosts are being asked, `book` knows which of them are pending, and `unasked` names the
// steps whose questions come in a later round: what reads of those, and what stands on it, stays as
// it was planned.
void evaluate(const Plan& plan, const std::vector<Chapter>& chapters, const EvidenceBook& book,
              RunRecord& record, Waivers waivers = {}, const std::set<std::string>& unasked = {});

}  // namespace touchstone
