#include "harness/remedy/plan.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace touchstone {
namespace {

using Steps = std::map<std::string, const Step*>;

Steps steps_by_id(const std::vector<Chapter>& chapters) {
  Steps steps;
  for (const Chapter& chapter : chapters)
    for (const Step& step : chapter.steps) steps[step.id] = &step;
  return steps;
}

struct Proposal {
  std::vector<Change> changes;
  Text why;  // there are none
};

Proposal proposed(const Step& step, const StepResult& result, const EvidenceBook& book) {
  if (!step.remedy.changes) return {};
  ReadLog log;
  try {
    return {.changes = step.remedy.changes(Evidence(book, result.target, log)), .why = {}};
  } catch (const NoEvidence& missing) {
    return {.changes = {}, .why = missing.why()};
  }
}

// Adds a change, or the step to the change that is there already.
void add(std::vector<NumberedChange>& changes, const std::string& step, Change change) {
  const auto same = std::find_if(changes.begin(), changes.end(), [&](const NumberedChange& one) {
    return one.change.host == change.host && one.change.subject == change.subject;
  });
  if (same == changes.end())
    changes.push_back({.steps = {step}, .change = std::move(change)});
  else if (std::find(same->steps.begin(), same->steps.end(), step) == same->steps.end())
    same->steps.push_back(step);
}

// Over however many steps.
bool step_stands_on(const std::string& id, const std::vector<std::string>& others,
                    const Steps& steps) {
  if (std::find(others.begin(), others.end(), id) != others.end()) return true;
  const auto at = steps.find(id);
  return at != steps.end() &&
         std::any_of(
             at->second->stands_on.begin(), at->second->stands_on.end(),
             [&](const std::string& below) { return step_stands_on(below, others, steps); });
}

// Of the same step, or of one that the step stands on; on a host, or an NPU, that it is about.
bool stands_on(const NumberedChange& one, const NumberedChange& earlier, const Steps& steps) {
  const Change &later = one.change, &before = earlier.change;
  if (before.stage >= later.stage) return false;
  const bool needed = std::find(later.hosts_needed.begin(), later.hosts_needed.end(),
                                before.host) != later.hosts_needed.end();
  if (before.host != later.host && !needed) return false;
  if (before.host == later.host && before.npu >= 0 && later.npu >= 0 && before.npu != later.npu)
    return false;
  return std::any_of(one.steps.begin(), one.steps.end(), [&](const std::string& id) {
    return step_stands_on(id, earlier.steps, steps);
  });
}

Text next_of(const Step& step, const StepResult& result) {
  for (const Finding& finding : result.findings)
    if (!finding.next.empty()) return finding.next;
  return step.remedy.text;
}

}  // namespace

std::size_t FixPlan::count_allowed() const {
  return static_cast<std::size_t>(std::count_if(
      changes.begin(), changes.end(), [&](const NumberedChange& one) { return allows(one); }));
}

std::set<std::string> FixPlan::hosts_needed() const {
  std::set<std::string> hosts;
  for (const NumberedChange& one : changes) {
    if (!allows(one)) continue;
    hosts.insert(one.change.host);
    hosts.insert(one.change.hosts_needed.begin(), one.change.hosts_needed.end());
  }
  return hosts;
}

FixPlan make_fix_plan(const std::vector<Chapter>& chapters, const EvidenceBook& book,
                      const RunRecord& record, Risk allowed, int first) {
  FixPlan plan{.cluster = record.cluster, .simulated = record.simulated, .allowed = allowed};
  const auto steps = steps_by_id(chapters);
  for (const StepResult& result : record.results) {
    const std::string& id = record.steps[result.step].id;
    const auto at = steps.find(id);
    if (result.verdict != Verdict::kFail || at == steps.end()) continue;
    Proposal proposal = proposed(*at->second, result, book);
    for (Change& change : proposal.changes) add(plan.changes, id, std::move(change));
    if (proposal.changes.empty())
      plan.left.push_back({.step = id,
                           .target = result.target,
                           .why = std::move(proposal.why),
                           .next = next_of(*at->second, result)});
  }
  std::map<std::string, std::size_t> place;
  for (const HostInfo& host : record.hosts) place.emplace(host.name, place.size());
  std::stable_sort(plan.changes.begin(), plan.changes.end(),
                   [&](const NumberedChange& a, const NumberedChange& b) {
                     return std::tuple(a.change.stage, place[a.change.host]) <
                            std::tuple(b.change.stage, place[b.change.host]);
                   });
  for (NumberedChange& one : plan.changes) one.id = first++;
  for (NumberedChange& one : plan.changes)
    for (const NumberedChange& earlier : plan.changes)
      if (stands_on(one, earlier, steps)) one.stands_on.push_back(earlier.id);
  return plan;
}

}  // namespace touchstone
