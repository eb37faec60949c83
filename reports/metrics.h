#pragma once

#include <string>

#include "harness/model/run_record.h"

namespace touchstone {

// Gauges for the textfile collector of node_exporter: verdicts of the run, of each step and each
// host, durations, and when the run ended. HELP and TYPE are the same in every file, as the
// collector wants it; each series is there in every run, with 0 where there is nothing.
std::string metrics_text(const RunRecord& record);

}  // namespace touchstone
