#pragma once

#include "harness/model/run_record.h"

// Sentences that several formats say of a result.
namespace touchstone {

inline constexpr std::size_t kFindingsOfCase = 50;  // of one case; run.json has all

Text blocked_by(const StepResult& result);
Text more_findings(const StepResult& result);  // than kFindingsOfCase; empty where there are none

}  // namespace touchstone
