#pragma once

#include <functional>

#include "harness/model/evidence.h"
#include "harness/model/run_record.h"
#include "harness/model/step.h"

namespace touchstone {

// Judging is a function of (step, target, evidence): the step's expectations run intercepted,
// outside RUN_ALL_TESTS. `excluded`: hosts and NPUs that a comparison leaves out. The result's
// verdict is pass, fail, error or not applicable.
struct Judgement {
  Verdict verdict = Verdict::kError;
  Text reason;
  std::vector<Finding> findings;
  ReadLog log;
};

Judgement judge(const Step& step, const Target& target, const EvidenceBook& book,
                const std::function<bool(const Target&)>& excluded = nullptr);

}  // namespace touchstone
