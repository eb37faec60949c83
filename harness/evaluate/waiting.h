#pragma once

#include <set>
#include <string>
#include <utility>

#include "harness/evaluate/prerequisites.h"
#include "harness/model/step.h"

namespace touchstone {

// What cannot be judged yet, and so what stands on it cannot either.
class Waiting {
 public:
  explicit Waiting(std::set<std::string> steps) : steps_(std::move(steps)) {}

  // Asked of each step after those that it stands on.
  bool has(const Step& step) {
    for (const std::string& id : step.stands_on)
      if (steps_.contains(id)) steps_.insert(step.id);
    return steps_.contains(step.id);
  }
  void add(const Step& step, const Target& target) { results_.emplace(step.id, target); }
  bool has(const Prerequisites::Cause& cause) const {
    return results_.contains({cause.step, cause.target});
  }

 private:
  std::set<std::string> steps_;
  std::set<std::pair<std::string, Target>> results_;
};

}  // namespace touchstone
