#pragma once

#include "harness/model/run_record.h"

namespace touchstone {

// Compares the record before a fix with the one after it: what failed and passes now is `fixed`,
// with what was wrong kept beside it; what passed and fails now is marked as broken by the fix.
void mark_repaired(const RunRecord& before, RunRecord& after);

}  // namespace touchstone
