#pragma once

#include <string>

#include "harness/model/run_record.h"
#include "reports/words.h"

namespace touchstone {

struct ConsoleStyle {
  bool colour = false;
  int width = 0;  // columns to wrap at; 0: lines are not wrapped (a file, a pipe)
  Language language = Language::kEn;
};

// The verdict first, then what to look at, most telling first and folded over hosts; then counts.
// Fits a screen for a cluster of any size.
std::string console_report(const RunRecord& record, const ConsoleStyle& style);

}  // namespace touchstone
