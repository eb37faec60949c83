#include "harness/evaluate/waivers.h"

#include <algorithm>

#include <fmt/format.h>

#include "harness/model/host_pattern.h"

namespace touchstone {
namespace {

std::vector<std::pair<Scope, Target>> all_targets(const Inventory& inventory) {
  std::vector<std::pair<Scope, Target>> all{{Scope::kCluster, Target{}}};
  for (const Group& group : inventory.groups) {
    all.emplace_back(Scope::kGroup, Target{.group = group.name});
    for (const Host& host : group.hosts) {
      all.emplace_back(Scope::kHost, Target{.group = group.name, .host = host.name});
      for (int npu = 0; npu < host.npus; ++npu)
        all.emplace_back(Scope::kNpu, Target{.group = group.name, .host = host.name, .npu = npu});
    }
  }
  return all;
}

// What a target lies in, itself included, in the words of a waiver.
std::vector<std::string> names_around(const Target& target) {
  std::vector<std::string> names{"cluster"};
  if (!target.group.empty()) names.push_back("group " + target.group);
  if (!target.host.empty()) names.push_back(target.host);
  if (target.npu >= 0) names.push_back(target.str());
  return names;
}

int width(Scope scope) {
  switch (scope) {
    case Scope::kNpu:
      return 0;
    case Scope::kHost:
      return 1;
    case Scope::kGroup:
      return 2;
    case Scope::kCluster:
      return 3;
  }
  return 3;
}

Target widened(const Target& target, Scope scope) {
  switch (scope) {
    case Scope::kCluster:
      return {};
    case Scope::kGroup:
      return {.group = target.group};
    case Scope::kHost:
      return {.group = target.group, .host = target.host};
    case Scope::kNpu:
      return target;
  }
  return target;
}

Text reason_of(const Waiver& waiver) {
  return {fmt::format("{}(批准人:{},有效期至 {})", waiver.justification, waiver.approver,
                      waiver.expires),
          fmt::format("{} (approved by {}, until the end of {})", waiver.justification,
                      waiver.approver, waiver.expires)};
}

void tell_expired(const Waiver& waiver, Finding& finding) {
  const auto more = [](std::string& text, const std::string& sentence, const char* gap) {
    text += (text.empty() ? "" : gap) + sentence;
  };
  more(finding.why.zh,
       fmt::format("豁免已过期:{},{}(批准人:{})。", waiver.expires, waiver.justification,
                   waiver.approver),
       "");
  more(finding.why.en,
       fmt::format("Its waiver has expired: {}, {} (approved by {}).", waiver.expires,
                   waiver.justification, waiver.approver),
       " ");
}

}  // namespace

Waivers::Waivers(std::vector<Waiver> all, const Inventory& inventory, double now)
    : targets_(all_targets(inventory)) {
  for (const auto& [scope, target] : targets_)
    if (scope == Scope::kHost) group_of_[target.host] = target.group;
  for (Waiver& waiver : all) {
    Entry& entry = entries_.emplace_back(NamePatterns(waiver.targets));
    entry.steps.insert(waiver.steps.begin(), waiver.steps.end());
    entry.expired = now >= waiver.expires_at;
    entry.waiver = std::move(waiver);
  }
}

bool Waivers::covers(const Entry& entry, const Target& target) const {
  const std::vector<std::string> names = names_around(target);
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return entry.names.have(name); });
}

// A finding names its target in words; what it cannot be told from is that of the result.
Target Waivers::target_of(const Finding& finding, const Target& of_result) const {
  const std::string& text = finding.target;
  const std::size_t slash = text.find("/npu");
  const auto host = group_of_.find(text.substr(0, slash));
  if (host == group_of_.end()) return of_result;
  Target target{.group = host->second, .host = host->first};
  if (slash != std::string::npos) target.npu = std::atoi(text.c_str() + slash + 4);
  return target;
}

void Waivers::note(const Step& step, const StepResult& result, std::vector<std::size_t>& in_force,
                   bool& all_covered) {
  std::vector<bool> covered(result.findings.size(), false);
  for (std::size_t w = 0; w < entries_.size(); ++w) {
    Entry& entry = entries_[w];
    if (!entry.steps.contains(step.id)) continue;
    const bool whole = covers(entry, result.target);
    bool any = whole;
    for (std::size_t i = 0; i < result.findings.size(); ++i) {
      const bool this_one = whole || covers(entry, target_of(result.findings[i], result.target));
      any = any || this_one;
      covered[i] = covered[i] || (this_one && !entry.expired);
    }
    if (!any) continue;
    entry.touched.emplace(step.id, result.target);
    if (!entry.expired) in_force.push_back(w);
  }
  all_covered = !in_force.empty() &&
                std::all_of(covered.begin(), covered.end(), [](bool one) { return one; });
}

void Waivers::apply(const Step& step, StepResult& result) {
  if (entries_.empty()) return;
  judged_[{step.id, result.target}] = result.verdict;
  if (result.verdict != Verdict::kFail) return;
  std::vector<std::size_t> in_force;
  bool all_covered = false;
  note(step, result, in_force, all_covered);
  if (all_covered) {
    result.verdict = Verdict::kWaived;
    result.waiver = static_cast<int>(in_force.front());
    result.reason = reason_of(entries_[in_force.front()].waiver);
    for (std::size_t w : in_force) ++entries_[w].results;
    return;
  }
  for (Entry& entry : entries_) {
    if (!entry.expired || !entry.touched.contains({step.id, result.target})) continue;
    ++entry.results;
    for (Finding& finding : result.findings)
      if (covers(entry, result.target) || covers(entry, target_of(finding, result.target)))
        tell_expired(entry.waiver, finding);
  }
}

// The targets of such a step that the waiver is about; true: as a whole, false: only something
// within.
std::map<Target, bool> Waivers::about(const Entry& entry, Scope scope) const {
  std::map<Target, bool> all;
  for (const auto& [own, target] : targets_) {
    if (width(own) > width(scope) || !covers(entry, target)) continue;
    const bool whole = own == scope;
    bool& known = all.try_emplace(widened(target, scope), whole).first->second;
    known = known || whole;
  }
  return all;
}

WaiverUse::State Waivers::state_of(const Entry& entry, const std::vector<Chapter>& chapters) const {
  using State = WaiverUse::State;
  if (entry.expired) return State::kExpired;
  if (!entry.touched.empty()) return State::kInForce;
  bool any = false, unknown = false;
  for (const Chapter& chapter : chapters)
    for (const Step& step : chapter.steps) {
      if (!entry.steps.contains(step.id)) continue;
      for (const auto& [target, whole] : about(entry, step.on)) {
        any = true;
        const auto at = judged_.find({step.id, target});
        unknown = unknown || at == judged_.end() || at->second == Verdict::kError ||
                  at->second == Verdict::kBlocked || at->second == Verdict::kNotSelected;
      }
    }
  if (!any) return State::kMatchesNothing;
  return unknown ? State::kNotJudged : State::kNotNeeded;
}

std::vector<WaiverUse> Waivers::uses(const std::vector<Chapter>& chapters) const {
  std::vector<WaiverUse> all;
  for (const Entry& entry : entries_)
    all.push_back(
        {.waiver = entry.waiver, .state = state_of(entry, chapters), .results = entry.results});
  return all;
}

}  // namespace touchstone
