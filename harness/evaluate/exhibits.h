#pragma once

#include <vector>

#include "harness/evaluate/judge.h"
#include "harness/model/evidence.h"
#include "harness/model/run_record.h"

namespace touchstone {

// The questions beside a verdict, those of the findings' own targets first.
std::vector<Exhibit> exhibits_of(const Judgement& judged, const EvidenceBook& book);

// An answer as an exhibit has it: its streams cut to what a page can show.
Answer shown_answer(const Answer& answer);

}  // namespace touchstone
