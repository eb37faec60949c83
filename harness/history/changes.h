#pragma once

#include <optional>
#include <vector>

#include "harness/model/past.h"

namespace touchstone {

// One verdict of a step and target, and when its run began.
struct Seen {
  double started = 0;
  Verdict verdict = Verdict::kPass;
  bool flaky = false;  // it came and went within the run: two turns
};

// How many turns between good and not good make a target flap: the fault came, went, and came
// again.
inline constexpr std::size_t kFlappingTurns = 3;

// Whether all is as it should be, if only since a repair.
bool good(Verdict verdict);

// Whether a verdict says something about the target itself: what is blocked, does not apply or was
// not selected says nothing.
bool tells(Verdict verdict);

// What the series, oldest first, says of its last verdict; nothing where all is as it was and good.
// A waived fault is a fault for how long it lasts, but news to nobody: while it is waived nothing
// is said, and once the waiver is gone it is still failing.
std::optional<News> change_of(const std::vector<Seen>& series);

}  // namespace touchstone
