#include "reports/diff.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "harness/model/clean.h"
#include "harness/model/fold.h"
#include "reports/clock.h"
#include "reports/facts.h"

namespace touchstone {
namespace {

constexpr std::size_t kLines = 500;
const std::set<std::string> kRestless{"hbm"};  // differs from minute to minute

using Values = std::map<std::string, std::string>;

class Differ {
 public:
  Differ(const RunRecord& a, const RunRecord& b) : a_(a), b_(b) {}

  std::vector<Moved> run() {
    of_versions();
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

  // Of the cluster; what its hosts or NPUs tell one by one is told there.
  void of_versions() {
    const auto compared = [this](const Values& versions, const Values& others) {
      Values both;
      for (const auto& [key, value] : versions)
        if (others.contains(key) && !(has_fact(a_, key) && has_fact(b_, key))) both[key] = value;
      return both;
    };
    of_values(compared(a_.versions, b_.versions), compared(b_.versions, a_.versions), "");
  }
  static bool has_fact(const RunRecord& record, const std::string& key) {
    const auto has = [&](const auto& one) { return one.facts.contains(key); };
    return std::any_of(record.hosts.begin(), record.hosts.end(), has) ||
           std::any_of(record.npus.begin(), record.npus.end(), has);
  }

  // What one run did not ask, or got no answer to, has not moved. Of "config.json KEY" it is known
  // by "config.json" that the file was read: a key that is missing is gone then, and with the file
  // all of them are.
  void of_facts(const Values& a, const Values& b, const std::string& target) {
    const auto read = [](const Values& facts, const std::string& key, const Values& others) {
      if (facts.contains(key)) return true;
      const std::string source = key.substr(0, key.find(' '));
      const auto here = facts.find(source), there = others.find(source);
      return source != key && here != facts.end() && there != others.end() && *here == *there;
    };
    Values was, is;
    for (const auto& [key, value] : a)
      if (read(b, key, a)) was.insert({key, value});
    for (const auto& [key, value] : b)
      if (read(a, key, b)) is.insert({key, value});
    of_values(was, is, target);
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
    std::map<std::string, const Values*> before;
    for (const HostInfo& host : a_.hosts) before[host.name] = &host.facts;
    for (const HostInfo& host : b_.hosts)
      if (const auto at = before.find(host.name); at != before.end())
        of_facts(*at->second, host.facts, host.name);
    for (const auto& [name, values] : b)
      if (!a.contains(name) && a_.selection.empty()) moved("host", "-", "there", name);
  }

  void of_npus() {
    std::map<std::pair<std::string, int>, const NpuFacts*> before;
    for (const NpuFacts& npu : a_.npus) before[{npu.host, npu.npu}] = &npu;
    for (const NpuFacts& npu : b_.npus)
      if (const auto at = before.find({npu.host, npu.npu}); at != before.end())
        of_facts(at->second->facts, npu.facts, Target{.host = npu.host, .npu = npu.npu}.str());
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

std::string shown(const std::string& value) {
  return value.empty() ? "-" : harmless_line(cut_to(value, 200));
}

}  // namespace

MovedWords words_for(const Moved& moved, Language language) {
  const auto from = verdict_from(moved.from), to = verdict_from(moved.to);
  if (from && to)
    return {moved.what, std::string(word_for(*from, language)),
            std::string(word_for(*to, language))};
  const bool ours = moved.what == "host" || moved.what == "master";
  const auto value = [&](const std::string& text) {
    return ours ? word_for_fact(text, language) : text;
  };
  return {word_for_fact(moved.what, language), value(moved.from), value(moved.to)};
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
