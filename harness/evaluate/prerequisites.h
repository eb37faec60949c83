#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/model/run_record.h"
#include "harness/model/step.h"

namespace touchstone {

// The results so far, by step, and what they mean for the steps that stand on them.
class Prerequisites {
 public:
  void add(const Step& step, StepResult result);

  struct Cause {
    std::string step;
    Target target;
    Text reason;
  };
  // The first step that `step` stands on and that did not pass for this host or NPU; for a group or
  // the cluster, for any of its hosts. Nothing when all passed.
  std::optional<Cause> blocked(const Step& step, const Target& target) const;

  // Whether a comparison must leave this host or NPU out.
  bool excluded(const Step& step, const Target& target) const;

 private:
  struct Judged {
    const Step* step;
    std::map<Target, StepResult> results;
  };
  std::optional<Cause> cause_at(const Judged& judged, const Target& target, bool exactly) const;
  std::vector<const Judged*> stood_on(const Step& step) const;

  std::map<std::string, Judged> judged_;
};

}  // namespace touchstone
