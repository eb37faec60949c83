#pragma once

#include "harness/model/evidence.h"
#include "harness/model/run_record.h"

namespace touchstone {

// Compares the record before a fix with the one after it: what failed and passes now is `fixed`,
// with what was wrong kept beside it; what passed and fails now is marked as broken by the fix, and
// stays so until it passes again. With several rounds of fixing: once after each, in their order.
void mark_repaired(const RunRecord& before, RunRecord& after);

// Of what was fixed: beside the answers of before, those of now to the same questions.
void show_as_it_is(const EvidenceBook& book, RunRecord& record);

}  // namespace touchstone
