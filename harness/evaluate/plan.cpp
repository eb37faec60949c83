#include "harness/evaluate/plan.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "harness/model/fold.h"
#include "harness/model/host_pattern.h"
#include "harness/model/said.h"

namespace touchstone {
namespace {

bool chapter_matches(const std::string& chapter, const std::string& wanted) {
  return chapter == wanted || chapter.starts_with(wanted + ".");
}

// Ids of the selected steps; a step counts when its id or its chapter is named.
std::set<std::string> selected_steps(const std::vector<Chapter>& chapters,
                                     const Selection& selection) {
  const bool every = selection.steps.empty() && selection.chapters.empty();
  std::set<std::string> ids, known_steps;
  for (const Chapter& chapter : chapters)
    for (const Step& step : chapter.steps) {
      known_steps.insert(step.id);
      const bool by_chapter =
          std::any_of(selection.chapters.begin(), selection.chapters.end(),
                      [&](const std::string& c) { return chapter_matches(step.id, c); });
      const bool by_id = std::find(selection.steps.begin(), selection.steps.end(), step.id) !=
                         selection.steps.end();
      if (every || by_chapter || by_id) ids.insert(step.id);
    }
  for (const std::string& id : selection.steps)
    if (!known_steps.contains(id))
      throw SelectionError(said("--step {}:没有这一步;`touchstone list` 列出全部",
                                "--step {}: there is no such step; `touchstone list` shows them",
                                id));
  for (const std::string& wanted : selection.chapters)
    if (std::none_of(ids.begin(), ids.end(),
                     [&](const std::string& id) { return chapter_matches(id, wanted); }))
      throw SelectionError(
          said("--chapter {}:没有这一章;`touchstone list` 列出全部",
               "--chapter {}: there is no such chapter; `touchstone list` shows them", wanted));
  return ids;
}

// The selected steps and all that they stand on.
std::set<std::string> closure(const std::vector<Chapter>& chapters,
                              const std::set<std::string>& selected) {
  std::set<std::string> needed = selected;
  needed.insert("0.1");  // everything stands on the host answering
  for (bool grew = true; grew;) {
    grew = false;
    for (const Chapter& chapter : chapters)
      for (const Step& step : chapter.steps)
        if (needed.contains(step.id))
          for (const std::string& id : step.stands_on) grew = needed.insert(id).second || grew;
  }
  return needed;
}

// A name that is there for nothing is a slip of the pen: fewer hosts than were meant must not pass
// for all of them.
void expect_hosts_of(const std::set<std::string>& hosts, const std::string& patterns) {
  std::vector<std::string> lacking;
  for (const std::string& name : names_meant(patterns)) {
    const NamePatterns one(std::vector{name});
    if (!hosts.contains(name) && std::none_of(hosts.begin(), hosts.end(),
                                              [&one](const auto& host) { return one.have(host); }))
      lacking.push_back(name);
  }
  if (!lacking.empty())
    throw SelectionError(said("--host {}:清单中没有 {}", "--host {}: the inventory has no {}",
                              patterns, fold_names(lacking)));
}

std::vector<std::string> selected_hosts(const Inventory& inventory, const Selection& selection) {
  std::set<std::string> all;
  for (const Group& group : inventory.groups)
    for (const Host& host : group.hosts) all.insert(host.name);
  for (const std::string& patterns : selection.hosts) expect_hosts_of(all, patterns);
  const NamePatterns wanted(selection.hosts);
  std::vector<std::string> hosts;
  for (const Group& group : inventory.groups)
    for (const Host& host : group.hosts)
      if (selection.hosts.empty() || wanted.have(host.name)) hosts.push_back(host.name);
  return hosts;
}

std::vector<Target> targets_of(const Step& step, const Inventory& inventory,
                               const std::set<std::string>& hosts) {
  std::vector<Target> targets;
  if (step.on == Scope::kCluster) return {Target{}};
  for (const Group& group : inventory.groups) {
    if (step.on == Scope::kGroup) targets.push_back({.group = group.name});
    for (const Host& host : group.hosts) {
      if (step.on == Scope::kGroup || !hosts.contains(host.name)) continue;
      if (step.on == Scope::kHost) targets.push_back({.group = group.name, .host = host.name});
      for (int npu = 0; step.on == Scope::kNpu && npu < host.npus; ++npu)
        targets.push_back({.group = group.name, .host = host.name, .npu = npu});
    }
  }
  return targets;
}

// What is asked later for the steps that are to be judged, or repaired.
std::vector<const Later*> later_of(const std::vector<Chapter>& chapters, const Plan& plan) {
  std::vector<const Later*> later;
  for (const Chapter& chapter : chapters)
    for (const Later& one : chapter.later) {
      const auto wanted = [&](const PlannedStep& planned) {
        const auto among = [&](const std::vector<std::string>& ids) {
          return std::find(ids.begin(), ids.end(), planned.step->id) != ids.end();
        };
        return planned.selected && (among(one.steps) || (plan.repairs && among(one.repairs)));
      };
      if (std::any_of(plan.steps.begin(), plan.steps.end(), wanted)) later.push_back(&one);
    }
  std::stable_sort(later.begin(), later.end(),
                   [](const Later* a, const Later* b) { return a->phase < b->phase; });
  return later;
}

void append(std::string& text, const char* option, const std::vector<std::string>& values) {
  for (const std::string& value : values)
    text += fmt::format("{}{} {}", text.empty() ? "" : " ", option, value);
}

}  // namespace

std::string Selection::str() const {
  std::string text;
  append(text, "--step", steps);
  append(text, "--chapter", chapters);
  append(text, "--host", hosts);
  return text;
}

std::vector<Question> Plan::questions() const {
  std::vector<Question> all;
  std::set<std::string> keys;
  const auto add = [&](const std::vector<Question>& questions) {
    for (const Question& question : questions)
      if (keys.insert(question.key).second) all.push_back(question);
  };
  for (const PlannedStep& planned : steps)
    if (planned.selected) add(planned.step->probes);
  for (const PlannedStep& planned : steps)
    if (planned.selected && repairs) add(planned.step->remedy.asks);
  return all;
}

Plan make_plan(const std::vector<Chapter>& chapters, const Inventory& inventory,
               const Selection& selection) {
  const std::set<std::string> selected = selected_steps(chapters, selection);
  const std::set<std::string> needed = closure(chapters, selected);
  Plan plan{.repairs = selection.repairs};
  plan.hosts = selected_hosts(inventory, selection);
  const std::set<std::string> hosts(plan.hosts.begin(), plan.hosts.end());
  for (std::size_t i = 0; i < chapters.size(); ++i)
    for (const Step& step : chapters[i].steps) {
      if (!needed.contains(step.id)) continue;
      const bool compares = step.on == Scope::kGroup || step.on == Scope::kCluster;
      plan.steps.push_back({.step = &step,
                            .chapter = i,
                            .reported = selected.contains(step.id),
                            .selected = !(compares && !selection.hosts.empty()),
                            .targets = targets_of(step, inventory, hosts)});
    }
  plan.later = later_of(chapters, plan);
  const bool judged = std::any_of(plan.steps.begin(), plan.steps.end(),
                                  [](const PlannedStep& p) { return p.reported && p.selected; });
  if (plan.hosts.empty() || plan.steps.empty())
    throw SelectionError(Text{"没有选中任何内容:没有剩下步骤或主机",
                              "nothing is selected: no step or no host is left"});
  if (!judged)
    throw SelectionError(Text{
        "没有可判定的内容:所选步骤要比较各主机,而 --host 使其无法比较",
        "nothing is left to judge: the selected steps compare hosts, which --host leaves out"});
  return plan;
}

}  // namespace touchstone
