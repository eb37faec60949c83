#pragma once

#include <string>
#include <vector>

#include "harness/model/run_record.h"
#include "reports/words.h"

namespace touchstone {

// What is not in `b` as it was in `a`: versions, hosts and their addresses, what is known of each
// NPU (address, switch port, firmware, TLS …, but not how full its memory is), and verdicts. What
// moved alike is folded over its targets. Of steps and hosts that one run did not select nothing is
// said.
Baseline moved_between(const RunRecord& a, const RunRecord& b);

// What moved, as it is said: keys and verdicts in the language, values of tools as they are.
struct MovedWords {
  std::string what, from, to;
};
MovedWords words_for(const Moved& moved, Language language);

// A line each; "Nothing moved." where nothing did.
std::string moved_text(const Baseline& baseline, Language language);

}  // namespace touchstone
