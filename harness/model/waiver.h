#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace touchstone {

// Somebody's signed word that a failure is accepted for a while. What nobody could tell (`error`)
// cannot be waived: there is nothing known to accept.
struct Waiver {
  std::vector<std::string> steps;    // ids
  std::vector<std::string> targets;  // as written: "node-[01-03]/npu*", "group group-1", "cluster"
  std::string justification, approver;
  std::string expires;    // as written: "2026-12-31 Asia/Shanghai"
  double expires_at = 0;  // Unix seconds; the first moment at which it no longer holds
  std::string place;      // "waivers.yaml:12"
  bool operator==(const Waiver&) const = default;
};

// A waiver and what became of it in a run.
struct WaiverUse {
  enum class State {
    kInForce,
    kExpired,         // what it was about counts again
    kNotNeeded,       // everything that it is about passed
    kMatchesNothing,  // there is no such step or target
    kNotJudged,       // this run did not select, or could not tell, what it is about
  };
  Waiver waiver;
  State state = State::kInForce;
  std::size_t results = 0;  // that it waives; of an expired one, that it would
  bool operator==(const WaiverUse&) const = default;
};

}  // namespace touchstone
