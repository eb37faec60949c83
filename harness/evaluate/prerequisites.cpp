#include "harness/evaluate/prerequisites.h"

#include <algorithm>

namespace touchstone {
namespace {

const std::string kHostAnswers = "0.1";

bool names_an_npu(const Finding& finding) {
  return finding.target.find("/npu") != std::string::npos;
}

// A host's verdict counts for one of its NPUs, unless its findings are about other NPUs only.
bool concerns(const StepResult& result, const Target& npu) {
  if (std::none_of(result.findings.begin(), result.findings.end(), names_an_npu)) return true;
  return std::any_of(result.findings.begin(), result.findings.end(),
                     [&](const Finding& f) { return !names_an_npu(f) || f.target == npu.str(); });
}

bool holds(const Target& wide, const Target& narrow) {
  return (wide.group.empty() || wide.group == narrow.group) &&
         (wide.host.empty() || wide.host == narrow.host) &&
         (wide.npu < 0 || wide.npu == narrow.npu);
}

Text reason_of(const StepResult& result) {
  if (!result.reason.empty() || result.findings.empty()) return result.reason;
  const Finding& first = result.findings.front();
  return first.why.empty() ? Text(first.actual) : first.why;
}

}  // namespace

void Prerequisites::add(const Step& step, StepResult result) {
  Judged& judged = judged_.try_emplace(step.id, Judged{&step, {}}).first->second;
  judged.results.emplace(result.target, std::move(result));
}

std::vector<const Prerequisites::Judged*> Prerequisites::stood_on(const Step& step) const {
  std::vector<const Judged*> all;
  auto take = [&](const std::string& id) {
    auto at = judged_.find(id);
    if (at != judged_.end()) all.push_back(&at->second);
  };
  if (step.id != kHostAnswers) take(kHostAnswers);
  for (const std::string& id : step.stands_on) take(id);
  return all;
}

std::optional<Prerequisites::Cause> Prerequisites::cause_at(const Judged& judged,
                                                            const Target& target,
                                                            bool exactly) const {
  // Results lie in the order of Target: those of a group stand together, and in it those of a host,
  // after the host's own. Of other groups, and of the group's other hosts, none concerns the
  // target.
  const bool of_host = !target.host.empty() && judged.step->on < Scope::kGroup;
  const bool anywhere = target.group.empty() || judged.step->on == Scope::kCluster;
  const Target from{.group = target.group, .host = of_host ? target.host : ""};
  auto at = anywhere ? judged.results.begin() : judged.results.lower_bound(from);
  for (; at != judged.results.end(); ++at) {
    const auto& [where, result] = *at;
    if (!anywhere && where.group != target.group) break;
    if (of_host && where.host != target.host) break;
    if (!(holds(where, target) || (!exactly && holds(target, where)))) continue;
    if (satisfies(result.verdict)) continue;
    // An unreachable host does not block a comparison of the others: that is an error which names
    // it.
    if (target.host.empty() &&
        (judged.step->id == kHostAnswers || result.blocked_by == kHostAnswers))
      continue;
    if (target.npu >= 0 && where.npu < 0 && !where.host.empty() && !concerns(result, target))
      continue;
    if (result.verdict == Verdict::kBlocked)
      return Cause{result.blocked_by, result.blocked_on, result.reason};
    return Cause{judged.step->id, where, reason_of(result)};
  }
  return std::nullopt;
}

std::optional<Prerequisites::Cause> Prerequisites::blocked(const Step& step,
                                                           const Target& target) const {
  for (const Judged* judged : stood_on(step)) {
    if (auto cause = cause_at(*judged, target, false)) return cause;
  }
  return std::nullopt;
}

bool Prerequisites::excluded(const Step& step, const Target& target) const {
  for (const Judged* judged : stood_on(step))
    if (cause_at(*judged, target, true)) return true;
  return false;
}

}  // namespace touchstone
