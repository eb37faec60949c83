#pragma once

#include <string>
#include <vector>

#include "harness/model/run_record.h"
#include "reports/words.h"

namespace touchstone {

// Targets of one step of which the history says the same.
struct ChangeLine {
  News::Kind kind = News::Kind::kNew;
  Verdict verdict = Verdict::kFail;
  std::string step;
  double since = 0;
  std::size_t runs = 0, turns = 0;
  std::vector<std::string> targets;
};

std::vector<ChangeLine> fold_changes(const Past& past);  // in the order of Past::changes

// "since 2026-03-01T04:05:06Z, 3 runs"; "5 turns in the last 10 runs"
std::string when_of(const ChangeLine& line, Language language);

// "2 new · 1 still failing · 4 recovered"; "the first run of this history" where there was none.
std::string changes_line(const Past& past, Language language);

// A bar for each night: what was not good, on top of each other. A file of its own, since the page
// may carry no style; works by itself as well.
std::string trend_svg(const Past& past, bool simulated, Language language);

}  // namespace touchstone
