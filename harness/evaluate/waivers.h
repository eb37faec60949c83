#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "harness/model/host_pattern.h"
#include "harness/model/inventory.h"
#include "harness/model/run_record.h"
#include "harness/model/step.h"

namespace touchstone {

// Waivers, applied result by result while a run is judged.
class Waivers {
 public:
  Waivers() = default;
  // `now`: when the run began, in Unix seconds; a recording is judged as of its own time.
  Waivers(std::vector<Waiver> all, const Inventory& inventory, double now);

  // A failure becomes `waived` where a waiver in force covers its target, or where each of its
  // findings is covered (so that the odd ones of a comparison can be named). Findings stay. Where
  // an expired one would cover a finding, the finding says so.
  void apply(const Step& step, StepResult& result);

  // What became of each, once every result was seen.
  std::vector<WaiverUse> uses(const std::vector<Chapter>& chapters) const;

 private:
  struct Entry {
    explicit Entry(NamePatterns targets) : names(std::move(targets)) {}
    NamePatterns names;
    Waiver waiver;
    std::set<std::string> steps;
    bool expired = false;
    std::set<std::pair<std::string, Target>> touched;  // failures that it is about
    std::size_t results = 0;
  };
  using Judged = std::map<std::pair<std::string, Target>, Verdict>;

  bool covers(const Entry& entry, const Target& target) const;
  Target target_of(const Finding& finding, const Target& of_result) const;
  void note(const Step& step, const StepResult& result, std::vector<std::size_t>& in_force,
            bool& all_covered);
  std::map<Target, bool> about(const Entry& entry, Scope scope) const;
  WaiverUse::State state_of(const Entry& entry, const std::vector<Chapter>& chapters) const;

  std::vector<Entry> entries_;
  std::vector<std::pair<Scope, Target>> targets_;  // of the whole inventory
  std::map<std::string, std::string> group_of_;    // of a host
  Judged judged_;
};

}  // namespace touchstone
