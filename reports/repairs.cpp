#include "reports/repairs.h"

#include "harness/model/shell_words.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include <fmt/format.h>

namespace touchstone {
namespace {

struct OutcomeWords {
  std::string_view name;
  Verdict like;
  std::string_view en, zh, meaning_en, meaning_zh;
};

// In the order in which a person should look at them.
constexpr std::array<OutcomeWords, 10> kOutcomes{{
    {"half_done", Verdict::kFail, "half done", "只完成一部分",
     "It failed, and what was done of it could not be taken back: look at the host.",
     "改动失败,且已做的部分无法还原:须查看主机。"},
    {"under_way", Verdict::kFail, "under way", "结果不明",
     "It was begun, and nobody knows how it ended: run again, the host tells.",
     "已经开始,但结果不明:重新运行即可从主机得知。"},
    {"failed", Verdict::kError, "failed", "失败", "It failed, and all is as it was before.",
     "改动失败,一切仍为改动前的状态。"},
    {"moved", Verdict::kError, "moved", "现状已变",
     "The state was no longer what the plan was made from: nothing was changed.",
     "现状已不是计划所依据的样子:未做任何改动。"},
    {"refused", Verdict::kError, "refused", "未获准",
     "A precondition did not hold, or the host was locked: nothing was changed.",
     "前提条件不满足,或主机已被锁定:未做任何改动。"},
    {"skipped", Verdict::kBlocked, "skipped", "已跳过",
     "Something that it needs did not come about: nothing was changed.",
     "它所依赖的改动或主机未就绪:未做任何改动。"},
    {"planned", Verdict::kBlocked, "planned", "未开始", "It was not begun.", "尚未开始。"},
    {"undone", Verdict::kNotApplicable, "undone", "已还原", "It was made, and taken back since.",
     "曾经改动,之后已还原。"},
    {"done", Verdict::kFixed, "done", "已改动", "It was made, and the state is what it should be.",
     "已改动,状态符合预期。"},
    {"already", Verdict::kPass, "already", "原已如此", "It was so already: nothing was changed.",
     "原已如此:未做任何改动。"},
}};

const OutcomeWords* words_of(std::string_view name) {
  const auto at = std::find_if(kOutcomes.begin(), kOutcomes.end(),
                               [&](const OutcomeWords& one) { return one.name == name; });
  return at == kOutcomes.end() ? nullptr : &*at;
}

std::string key_of(const std::string& step, const std::string& host) {
  return step + '\n' + host;
}

}  // namespace

bool is_outcome(std::string_view outcome) {
  return words_of(outcome) != nullptr;
}

std::string word_for_outcome(std::string_view outcome, Language language) {
  const OutcomeWords* words = words_of(outcome);
  if (!words) return std::string(outcome);
  return std::string(language == Language::kZh ? words->zh : words->en);
}

std::string meaning_of_outcome(std::string_view outcome, Language language) {
  const OutcomeWords* words = words_of(outcome);
  if (!words) return "";
  return std::string(language == Language::kZh ? words->meaning_zh : words->meaning_en);
}

std::size_t place_of_outcome(std::string_view outcome) {
  const OutcomeWords* words = words_of(outcome);
  return words ? static_cast<std::size_t>(words - kOutcomes.data()) : 0;
}

Verdict likeness_of_outcome(std::string_view outcome) {
  const OutcomeWords* words = words_of(outcome);
  return words ? words->like : Verdict::kError;
}

std::vector<std::pair<std::string, std::size_t>> outcomes_of(const RunRecord& record) {
  std::map<std::pair<std::size_t, std::string>, std::size_t> counts;
  for (const Repair& repair : record.repairs)
    ++counts[{place_of_outcome(repair.outcome), repair.outcome}];
  std::vector<std::pair<std::string, std::size_t>> all;
  for (const auto& [key, count] : counts) all.emplace_back(key.second, count);
  return all;
}

std::string outcomes_line(const RunRecord& record, Language language) {
  std::vector<std::string> parts;
  for (const auto& [outcome, count] : outcomes_of(record))
    parts.push_back(fmt::format("{} {}", count, word_for_outcome(outcome, language)));
  return fmt::format("{}", fmt::join(parts, " · "));
}

std::size_t broken_by_fix(const RunRecord& record) {
  return static_cast<std::size_t>(std::count_if(record.results.begin(), record.results.end(),
                                                [](const StepResult& one) { return one.broke; }));
}

std::string undo_command(const RunRecord& record) {
  const bool any = std::any_of(record.repairs.begin(), record.repairs.end(),
                               [](const Repair& one) { return one.outcome == "done"; });
  return any && !record.journal.empty() ? "touchstone undo " + typed(record.journal) : "";
}

std::string undo_command(const RunRecord& record, const std::string& host) {
  const bool any =
      std::any_of(record.repairs.begin(), record.repairs.end(),
                  [&](const Repair& one) { return one.host == host && one.outcome == "done"; });
  return any && !record.journal.empty()
             ? "touchstone undo " + typed(record.journal) + " --host " + typed(host)
             : "";
}

RepairsOf::RepairsOf(const RunRecord& record) : record_(record) {
  for (const Repair& repair : record.repairs)
    for (const std::string& step : repair.steps)
      by_step_and_host_[key_of(step, repair.host)].push_back(&repair);
}

std::vector<const Repair*> RepairsOf::find(const std::string& step, const Target& target) const {
  std::vector<const Repair*> found;
  if (by_step_and_host_.empty()) return found;
  const auto add = [&](const std::string& host) {
    const auto at = by_step_and_host_.find(key_of(step, host));
    if (at == by_step_and_host_.end()) return;
    for (const Repair* repair : at->second)
      if (repair->npu < 0 || target.npu < 0 || repair->npu == target.npu) found.push_back(repair);
  };
  if (!target.host.empty()) add(target.host);
  if (!target.host.empty()) return found;
  for (const HostInfo& host : record_.hosts)  // of a group, or of the cluster
    if (target.group.empty() || host.group == target.group) add(host.name);
  return found;
}

std::vector<RepairGroup> repair_groups(const RunRecord& record) {
  using Key = std::tuple<std::size_t, std::string, std::vector<std::string>, bool, std::string>;
  std::map<Key, std::size_t> known;
  std::vector<RepairGroup> groups;
  for (const Repair& repair : record.repairs) {
    Key key{place_of_outcome(repair.outcome), repair.outcome, repair.steps, repair.npu >= 0,
            // Of one host's changes to different files each has its own line.
            repair.npu >= 0 ? "" : repair.what.en};
    std::get<4>(key) += '\n' + repair.why.en;
    const auto [at, fresh] = known.try_emplace(std::move(key), groups.size());
    if (fresh) groups.push_back({.first = &repair});
    RepairGroup& group = groups[at->second];
    group.alike = group.alike && group.first->what == repair.what;
    group.targets.push_back(Target{.host = repair.host, .npu = repair.npu}.str());
  }
  std::stable_sort(groups.begin(), groups.end(), [](const RepairGroup& a, const RepairGroup& b) {
    return place_of_outcome(a.first->outcome) < place_of_outcome(b.first->outcome);
  });
  return groups;
}

}  // namespace touchstone
