#pragma once

#include "harness/model/evidence.h"
#include "harness/model/run_record.h"

namespace touchstone {

// What reports show of every NPU and on their first page, whatever the verdicts: only what was
// answered.
void add_facts(const EvidenceBook& book, RunRecord& record);

}  // namespace touchstone
