#pragma once

#include <string>

#include "harness/model/run_record.h"

namespace touchstone {

// The Common Test Report Format (ctrf.io): a test a step and target. What is blocked, waived or not
// selected is `skipped`; `rawStatus` has our verdict. Messages are in the language, names are not.
std::string ctrf_json(const RunRecord& record, Language language = Language::kEn);

}  // namespace touchstone
