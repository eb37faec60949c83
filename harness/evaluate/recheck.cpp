#include "harness/evaluate/recheck.h"

#include <algorithm>
#include <map>
#include <set>

namespace touchstone {
namespace {

bool wrong(Verdict verdict) {
  return verdict == Verdict::kFail || verdict == Verdict::kError;
}

std::set<std::string> asked_later(const std::vector<Chapter>& chapters) {
  std::set<std::string> steps;
  for (const Chapter& chapter : chapters)
    for (const Later& later : chapter.later) steps.insert(later.steps.begin(), later.steps.end());
  return steps;
}

// An error has no findings: why nobody could tell is told in their place.
std::vector<Finding> found(const StepResult& result) {
  if (!result.findings.empty()) return result.findings;
  return {{.target = result.target.str(),
           .expected = {"能够判定的应答", "an answer that tells"},
           .actual = {"没有", "none"},
           .why = result.reason}};
}

}  // namespace

std::optional<Plan> plan_to_recheck(const std::vector<Chapter>& chapters,
                                    const Inventory& inventory, const Plan& plan,
                                    const RunRecord& record) {
  const std::set<std::string> never = asked_later(chapters);
  std::set<std::string> steps, hosts, silent;
  bool all_hosts = false;
  for (const HostInfo& host : record.hosts)
    if (host.state != "answered") silent.insert(host.name);
  for (const StepResult& result : record.results) {
    const std::string& id = record.steps.at(result.step).id;
    if (!wrong(result.verdict) || never.contains(id)) continue;
    steps.insert(id);
    if (result.target.host.empty())
      all_hosts = true;
    else
      hosts.insert(result.target.host);
  }
  if (steps.empty()) return std::nullopt;
  const bool any_silent = std::any_of(
      hosts.begin(), hosts.end(), [&](const std::string& host) { return silent.contains(host); });
  if (any_silent)
    for (const PlannedStep& planned : plan.steps)
      if (!never.contains(planned.step->id)) steps.insert(planned.step->id);
  Selection selection{.steps = {steps.begin(), steps.end()}, .repairs = plan.repairs};
  selection.hosts = all_hosts ? plan.hosts : std::vector<std::string>(hosts.begin(), hosts.end());
  // With all hosts of a run that selected none, comparisons are to be asked as well.
  if (all_hosts && plan.hosts.size() == inventory.host_count()) selection.hosts.clear();
  Plan again = make_plan(chapters, inventory, selection);
  again.later.clear();
  return again;
}

void take_over(std::vector<Visit>& visits, const std::vector<Visit>& newer) {
  std::map<std::string, const Visit*> by_host;
  for (const Visit& visit : newer) by_host[visit.host] = &visit;
  for (Visit& visit : visits) {
    const auto at = by_host.find(visit.host);
    if (at == by_host.end() || at->second->state != Visit::State::kAnswered) continue;
    const Visit& again = *at->second;
    if (visit.state != Visit::State::kAnswered) {
      visit.state = again.state;
      visit.detail = {};
      visit.started = again.started;
      visit.seconds = again.seconds;
    }
    if (again.host_time > 0) {
      visit.host_time = again.host_time;
      visit.host_time_seen = again.host_time_seen;
      visit.host_time_error = again.host_time_error;
    }
    for (const auto& [key, answer] : again.answers) {
      const auto known = visit.answers.find(key);
      if (known == visit.answers.end() || answer.end == Answer::End::kExited)
        visit.answers[key] = answer;
    }
  }
}

void mark_flaky(const RunRecord& earlier, RunRecord& record) {
  std::map<std::pair<std::string, Target>, const StepResult*> before;
  for (const StepResult& result : earlier.results)
    if (wrong(result.verdict) || result.flaky)
      before[{earlier.steps.at(result.step).id, result.target}] = &result;
  for (StepResult& result : record.results) {
    const auto at = before.find({record.steps.at(result.step).id, result.target});
    if (at == before.end() || result.verdict != Verdict::kPass) continue;
    result.flaky = true;
    result.earlier = at->second->flaky ? at->second->earlier : found(*at->second);
  }
}

}  // namespace touchstone
