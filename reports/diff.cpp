#include "reports/diff.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "harness/model/fold.h"
#include "reports/clean.h"
#include "reports/clock.h"

namespace touchstone {
namespace {

constexpr std::size_t kLines = 500;
const std::set<std::string> kRestless{"hbm"};  // differs from minute to minute

using Values = std::map<std::string, std::string>;

class Differ {
 public:
  Differ(const RunRecord& a, const RunRecord& b) : a_(a), b_(b) {}

  std::vector<Moved> run() {
    of_values(a_.versions, b_.versions, "");
    if (a_.profile != b_.profile) moved("profile", a_.profile, b_.profile, "");
    of_hosts();
    of_npus();
    of_verdicts();
    return std::move(all_);
  }

 private:
  void moved(const std::string& what, const std::string& from, const std::string& to,
             const std::string& target) {
    const auto [at, fresh] = known_.try_emplace(std::tuple(what, from, to), all_.size());
    if (fresh) all_.push_back({.what = what, .from = from, .to = to});
    if (!target.empty()) all_[at->second].targets.push_back(target);
  }

  void of_values(const Values& a, const Values& b, const std::string& target) {
    std::set<std::string> keys;
    for (const auto& [key, value] : a) keys.insert(key);
    for (const auto& [key, value] : b) keys.insert(key);
    const auto value = [](const Values& values, const std::string& key) {
      const auto at = values.find(key);
      return at == values.end() ? std::string() : at->second;
    };
    for (const std::string& key : keys)
      if (!kRestless.contains(key) && value(a, key) != value(b, key))
        moved(key, value(a, key), value(b, key), target);
  }

  void of_hosts() {
    const auto by_name = [](const RunRecord& record) {
      std::map<std::string, Values> hosts;
      for (const HostInfo& host : record.hosts)
        hosts[host.name] = {{"host address", host.address},
                            {"group", host.group},
                            {"master", host.master ? "master" : "-"},
                            {"NPUs", std::to_string(host.npus)}};
      return hosts;
    };
    const auto a = by_name(a_), b = by_name(b_);
    for (const auto& [name, values] : a) {
      const auto now = b.find(name);
      if (now != b.end())
        of_values(values, now->second, name);
      else if (b_.selection.empty())
        moved("host", "there", "gone", name);
    }
    for (const auto& [name, values] : b)
      if (!a.contains(name) && a_.selection.empty()) moved("host", "-", "there", name);
  }

  void of_npus() {
    std::map<std::pair<std::string, int>, const NpuFacts*> before;
    for (const NpuFacts& npu : a_.npus) before[{npu.host, npu.npu}] = &npu;
    for (const NpuFacts& npu : b_.npus)
      if (const auto at = before.find({npu.host, npu.npu}); at != before.end())
        of_values(at->second->facts, npu.facts, Target{.host = npu.host, .npu = npu.npu}.str());
  }

  void of_verdicts() {
    const auto says = [](Verdict verdict) { return verdict != Verdict::kNotSelected; };
    std::map<std::pair<std::string, Target>, Verdict> before;
    for (const StepResult& result : a_.results)
      before[{a_.steps.at(result.step).id, result.target}] = result.verdict;
    for (const StepResult& result : b_.results) {
      const std::string& step = b_.steps.at(result.step).id;
      const auto at = before.find({step, result.target});
      if (at != before.end() && at->second != result.verdict && says(at->second) &&
          says(result.verdict))
        moved(step, std::string(name_of(at->second)), std::string(name_of(result.verdict)),
              result.target.str());
    }
  }

  const RunRecord &a_, &b_;
  std::vector<Moved> all_;
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> known_;
};

// What is kept as a key, or as a word of ours, in Chinese; values of tools are the same in both.
std::string in_chinese(const std::string& key) {
  static const std::map<std::string_view, const char*> kWords{{"profile", "配置档"},
                                                              {"host", "主机"},
                                                              {"host address", "主机地址"},
                                                              {"group", "组"},
                                                              {"master", "主节点"},
                                                              {"NPUs", "NPU 数"},
                                                              {"driver", "驱动"},
                                                              {"firmware", "固件"},
                                                              {"address", "NPU 地址"},
                                                              {"link", "链路"},
                                                              {"switch_port", "交换机端口"},
                                                              {"speed", "速率"},
                                                              {"net_health", "网络健康"},
                                                              {"health", "健康"},
                                                              {"chip", "芯片"},
                                                              {"there", "有"},
                                                              {"gone", "无"}};
  const auto at = kWords.find(key);
  return at == kWords.end() ? key : at->second;
}

std::string shown(const std::string& value) {
  return value.empty() ? "-" : harmless_line(cut_to(value, 200));
}

}  // namespace

MovedWords words_for(const Moved& moved, Language language) {
  const auto verdict = [&](const std::string& value) {
    const auto known = verdict_from(value);
    return known ? std::string(word_for(*known, language)) : value;
  };
  const bool of_step = verdict_from(moved.from) && verdict_from(moved.to);
  if (of_step) return {moved.what, verdict(moved.from), verdict(moved.to)};
  if (language == Language::kEn) return {moved.what, moved.from, moved.to};
  const bool ours = moved.what == "host" || moved.what == "master";
  return {in_chinese(moved.what), ours ? in_chinese(moved.from) : moved.from,
          ours ? in_chinese(moved.to) : moved.to};
}

Baseline moved_between(const RunRecord& a, const RunRecord& b) {
  return {.cluster = a.cluster, .started = a.started, .moved = Differ(a, b).run()};
}

std::string moved_text(const Baseline& baseline, Language language) {
  std::string text = fmt::format("{} {} {}\n", word(Word::kMovedSince, language),
                                 harmless_line(baseline.cluster), utc(baseline.started));
  for (std::size_t i = 0; i < std::min(baseline.moved.size(), kLines); ++i) {
    const MovedWords one = words_for(baseline.moved[i], language);
    text += fmt::format("  {} {} -> {}  {}\n", padded(harmless_line(one.what), 14), shown(one.from),
                        shown(one.to), harmless_line(fold_names(baseline.moved[i].targets)));
  }
  if (baseline.moved.size() > kLines)
    text += fmt::format("  +{}\n", baseline.moved.size() - kLines);
  if (baseline.moved.empty()) text += fmt::format("  {}\n", word(Word::kNothingMoved, language));
  return text;
}

}  // namespace touchstone
