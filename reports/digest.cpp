#include "reports/digest.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "reports/words.h"

namespace touchstone {
namespace {

using Sentence = std::pair<std::string, std::string>;
using CauseKey = std::tuple<std::size_t, Verdict, bool, Sentence, Sentence>;
using SeenKey = std::tuple<std::size_t, std::string, std::string, Sentence>;

Sentence key_of(const Text& text) {
  return {text.zh, text.en};
}

Text both(Word which) {
  return {.zh = std::string(word(which, Language::kZh)),
          .en = std::string(word(which, Language::kEn))};
}

class Digester {
 public:
  explicit Digester(const RunRecord& record) : record_(record) {}

  Digest run() {
    digest_.cause_of.assign(record_.results.size(), Digest::kNone);
    for (std::size_t i = 0; i < record_.results.size(); ++i) add(i);
    sort();
    trace_blocked();
    return std::move(digest_);
  }

 private:
  void add(std::size_t i) {
    const StepResult& result = record_.results[i];
    if (not_run(record_, result)) {
      ++digest_.not_run;
      return;
    }
    if (result.verdict == Verdict::kFixed && !result.findings_before.empty())
      digest_.repaired.insert(result.step);
    if (result.verdict != Verdict::kFail && result.verdict != Verdict::kError) return;
    for (const Finding& finding : result.findings) add(i, finding, {});
    if (result.findings.empty() || !result.reason.empty()) add(i, {}, result.reason);
  }

  void add(std::size_t i, const Finding& finding, const Text& reason) {
    const StepResult& result = record_.results[i];
    const std::size_t at = cause_at(result, finding);
    Cause& cause = digest_.causes[at];
    SeenKey key{at, finding.expected.en, finding.actual.en, key_of(reason)};
    auto [found, fresh] = seen_.try_emplace(std::move(key), cause.seen.size());
    if (fresh)
      cause.seen.push_back({.expected = finding.expected,
                            .actual = finding.actual,
                            .excerpt = finding.excerpt,
                            .reason = reason});
    Observation& seen = cause.seen[found->second];
    seen.targets.push_back(finding.target.empty() ? result.target.str() : finding.target);
    ++cause.targets;
    if (!seen.results.empty() && seen.results.back() == i) return;
    seen.results.push_back(i);
    if (digest_.cause_of[i] != Digest::kNone) return;
    digest_.cause_of[i] = at;
    cause.explains += result.explains;
  }

  std::size_t cause_at(const StepResult& result, const Finding& finding) {
    CauseKey key{result.step, result.verdict, result.broke, key_of(finding.why),
                 key_of(finding.next)};
    auto [found, fresh] = causes_.try_emplace(std::move(key), digest_.causes.size());
    if (!fresh) return found->second;
    const StepInfo& step = record_.steps.at(result.step);
    Cause cause{.step = result.step,
                .verdict = result.verdict,
                .broke = result.broke,
                .why = finding.why,
                .next = finding.next};
    if (finding.next.empty() && calls_for_remedy(step, result.verdict)) {
      cause.next = step.remedy;
      cause.command = step.command;
    } else if (finding.next.empty()) {
      cause.next = both(Word::kNextOfError);
    }
    digest_.causes.push_back(std::move(cause));
    return found->second;
  }

  void sort() {
    std::vector<std::size_t> order(digest_.causes.size()), place(order.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
      const Cause &left = digest_.causes[a], &right = digest_.causes[b];
      return std::tuple(right.broke, right.explains, left.verdict, left.step) <
             std::tuple(left.broke, left.explains, right.verdict, right.step);
    });
    std::vector<Cause> sorted;
    for (std::size_t i = 0; i < order.size(); ++i) {
      place[order[i]] = i;
      sorted.push_back(std::move(digest_.causes[order[i]]));
    }
    digest_.causes = std::move(sorted);
    for (std::size_t& at : digest_.cause_of)
      if (at != Digest::kNone) at = place[at];
  }

  void trace_blocked() {
    std::unordered_map<std::string, std::size_t> results, blockages;
    for (std::size_t i = 0; i < record_.results.size(); ++i)
      if (digest_.cause_of[i] != Digest::kNone) results.emplace(name_of_result(i), i);
    std::map<std::string, std::set<std::string>> on;
    for (std::size_t i = 0; i < record_.results.size(); ++i) {
      const StepResult& result = record_.results[i];
      if (result.verdict != Verdict::kBlocked) continue;
      const std::string where = result.blocked_on.str();
      if (auto at = results.find(result.blocked_by + " " + where); at != results.end())
        digest_.cause_of[i] = digest_.cause_of[at->second];
      auto [found, fresh] = blockages.try_emplace(result.blocked_by, digest_.blockages.size());
      if (fresh) digest_.blockages.push_back({.step = result.blocked_by});
      Blockage& blockage = digest_.blockages[found->second];
      blockage.blocked.insert(result.step);
      ++blockage.results;
      if (on[result.blocked_by].insert(where).second) blockage.on.push_back(where);
    }
    std::stable_sort(digest_.blockages.begin(), digest_.blockages.end(),
                     [](const Blockage& a, const Blockage& b) { return a.results > b.results; });
  }

  std::string name_of_result(std::size_t i) const {
    const StepResult& result = record_.results[i];
    return record_.steps.at(result.step).id + " " + result.target.str();
  }

  const RunRecord& record_;
  Digest digest_;
  std::map<CauseKey, std::size_t> causes_;
  std::map<SeenKey, std::size_t> seen_;
};

}  // namespace

std::vector<std::string> Cause::all_targets() const {
  std::vector<std::string> all;
  for (const Observation& observation : seen)
    all.insert(all.end(), observation.targets.begin(), observation.targets.end());
  return all;
}

Digest digest(const RunRecord& record) {
  return Digester(record).run();
}

bool calls_for_remedy(const StepInfo& step, Verdict verdict) {
  // Of the steps that ask nothing, 0.1 is its own remedy; a comparison (0.3) that lacked a host is
  // not.
  return verdict != Verdict::kError || (step.questions.empty() && step.scope == "host");
}

bool not_run(const RunRecord& record, const StepResult& result) {
  return !record.complete && result.verdict == Verdict::kError && result.findings.empty() &&
         result.reason.en == "not run";
}

}  // namespace touchstone
