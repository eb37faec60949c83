#include "harness/model/run_record.h"

namespace touchstone {

std::string Target::str() const {
  if (host.empty()) return group.empty() ? "cluster" : "group " + group;
  return npu < 0 ? host : host + "/npu" + std::to_string(npu);
}

std::map<Verdict, std::size_t> RunRecord::counts() const {
  std::map<Verdict, std::size_t> counts;
  for (const StepResult& result : results) ++counts[result.verdict];
  return counts;
}

Verdict RunRecord::verdict() const {
  bool doubt = results.empty() || !complete;
  for (const StepResult& result : results) {
    if (result.verdict == Verdict::kFail) return Verdict::kFail;
    doubt = doubt || result.verdict == Verdict::kError || result.verdict == Verdict::kBlocked;
  }
  return doubt ? Verdict::kError : Verdict::kPass;
}

int RunRecord::exit_code() const {
  switch (verdict()) {
    case Verdict::kPass:
      return 0;
    case Verdict::kFail:
      return 1;
    default:
      return 2;
  }
}

}  // namespace touchstone
