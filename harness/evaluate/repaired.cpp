#include "harness/evaluate/repaired.h"

#include <map>
#include <utility>

#include "harness/evaluate/exhibits.h"

namespace touchstone {

namespace {

bool is_wrong(const StepResult& result) {
  return result.verdict == Verdict::kFail || result.verdict == Verdict::kError;
}

}  // namespace

void mark_repaired(const RunRecord& before, RunRecord& after) {
  std::map<std::pair<std::string, Target>, const StepResult*> then;
  for (const StepResult& result : before.results)
    then[{before.steps[result.step].id, result.target}] = &result;
  for (StepResult& result : after.results) {
    const std::pair key{after.steps[result.step].id, result.target};
    const auto at = then.find(key);
    if (at == then.end()) {
      // Nobody had selected it; it is told of now, since it blocks what was selected.
      result.broke = is_wrong(result) && before.passed_unreported.contains(key);
      continue;
    }
    const StepResult& was = *at->second;
    const bool passed = was.verdict == Verdict::kPass || was.verdict == Verdict::kFixed;
    const bool passes = result.verdict == Verdict::kPass;
    if (was.verdict == Verdict::kFail && passes) {
      result.verdict = Verdict::kFixed;
      result.findings_before = was.findings;
      result.exhibits_before = was.exhibits;
    } else if (was.verdict == Verdict::kFixed && passes) {  // in an earlier round
      result.verdict = Verdict::kFixed;
      result.findings_before = was.findings_before;
      result.exhibits_before = was.exhibits_before;
    } else if ((passed || was.broke) && is_wrong(result)) {
      result.broke = true;
    }
  }
}

void show_as_it_is(const EvidenceBook& book, RunRecord& record) {
  for (StepResult& result : record.results) {
    if (result.verdict != Verdict::kFixed) continue;
    result.exhibits.clear();
    for (const Exhibit& before : result.exhibits_before)
      if (const Answer* answer = book.find_answer(before.host, before.npu, before.question))
        result.exhibits.push_back(
            {before.host, before.npu, before.question, shown_answer(*answer)});
  }
}

}  // namespace touchstone
