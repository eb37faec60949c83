#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "harness/model/target.h"
#include "harness/model/verdict.h"

namespace touchstone {

// How many verdicts of a target count when it is asked whether it flaps.
inline constexpr std::size_t kFlappingRuns = 10;

// What a history says of one step and target, beside the run that was just added to it. Times are
// when runs began, in Unix seconds.
struct News {
  enum class Kind { kNew, kStill, kRecovered, kFlapping };
  Kind kind = Kind::kNew;
  std::string step;  // id
  Target target;
  Verdict verdict = Verdict::kFail;  // now
  double since = 0;       // the first run in which it was not good; of a recovered one, too
  std::size_t runs = 0;   // unbroken runs in which it was not good
  std::size_t turns = 0;  // from good to not good or back, among the last runs
  bool operator==(const News&) const = default;
};

// A run in a trend.
struct Night {
  double started = 0;
  Verdict verdict = Verdict::kError;  // of the whole run
  std::map<Verdict, std::size_t> counts;
  bool operator==(const Night&) const = default;
};

// What was before; empty where no history is kept.
struct Past {
  double previous = 0;        // the run before this one; 0: there was none
  std::vector<News> changes;  // flapping, new, still, recovered
  std::vector<Night> nights;  // the last ones with this run, oldest first
  bool operator==(const Past&) const = default;
};

}  // namespace touchstone
