#pragma once

#include <string>

namespace touchstone::cli {

// Makes the folder of a report and returns its path. `out` is taken as it is, and refused unless it
// is absent, empty, or `force` is given (then the files of an earlier report in it are removed,
// nothing else). Without `out`, a fresh folder below touchstone-report/, named after the time, and
// `latest` beside it points there.
std::string make_report_folder(const std::string& out, bool force, double now);

// The same of a recording alone: refused unless it is absent, empty, or `force` is given.
void make_recording_folder(const std::string& out, bool force);

}  // namespace touchstone::cli
