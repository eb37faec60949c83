#include "reports/result_words.h"

#include "harness/model/said.h"

namespace touchstone {

Text blocked_by(const StepResult& result) {
  return said("受阻于 {}({})", "blocked by {} on {}", result.blocked_by, result.blocked_on.str());
}

Text more_findings(const StepResult& result) {
  if (result.findings.size() <= kFindingsOfCase) return {};
  return said("另有 {} 项,见 run.json", "{} more findings, see run.json",
              result.findings.size() - kFindingsOfCase);
}

}  // namespace touchstone
