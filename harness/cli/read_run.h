#pragma once

#include <string>

#include "harness/model/run_record.h"

namespace touchstone::cli {

// The record of a run.json, or of a report's folder. Throws Failure(78) with the file and the
// reason.
RunRecord read_run(const std::string& path);

}  // namespace touchstone::cli
