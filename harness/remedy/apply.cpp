#include <algorithm>

#include <fmt/format.h>

#include "harness/remedy/round.h"

namespace touchstone {
namespace {

class Application {
 public:
  Application(const FixPlan& plan, const Inventory& inventory, const AskHosts& ask,
              Journal& journal, const ApplyOptions& options)
      : plan_(plan),
        journal_(journal),
        options_(options),
        round_(plan.run, inventory, ask, options) {
    for (const NumberedChange& one : plan.changes)
      if (plan.allows(one)) {
        results_[one.id] = {.id = one.id, .outcome = Outcome::kSkipped};
        hosts_.insert(one.change.host);
        hosts_.insert(one.change.hosts_needed.begin(), one.change.hosts_needed.end());
      }
  }

  std::vector<ChangeResult> run() {
    round_.lock(hosts_);
    if (!options_.all_or_nothing || all_as_planned())
      for (std::size_t from = 0; from < plan_.changes.size(); from = stage(from)) continue;
    round_.release();
    std::vector<ChangeResult> results;
    for (const NumberedChange& one : plan_.changes)
      if (plan_.allows(one)) results.push_back(results_[one.id]);
    return results;
  }

 private:
  // Looks at all of them before the first is made.
  bool all_as_planned() {
    Turn turn;
    std::vector<const NumberedChange*> asked;
    for (const NumberedChange& one : plan_.changes) {
      if (!plan_.allows(one) || round_.out(one.change.host)) continue;
      asked.push_back(&one);
      turn.push_back(question_for(one.change.host, fmt::format("fix-look-{}", one.id),
                                  check_command(plan_.run, round_.host(one.change.host), one),
                                  seconds_of(one.change)));
    }
    const std::vector<Answer> answers = round_.ask(turn);
    bool all =
        std::none_of(hosts_.begin(), hosts_.end(), [&](const auto& h) { return round_.out(h); });
    for (std::size_t i = 0; i < asked.size(); ++i) {
      ChangeResult result = result_of(*asked[i], answers[i]);
      if (result.outcome == Outcome::kPlanned || result.outcome == Outcome::kAlready) continue;
      all = false;
      results_[asked[i]->id] = std::move(result);
    }
    if (all) return true;
    for (auto& [id, result] : results_)
      if (result.outcome == Outcome::kSkipped)
        result.why = {
            "计划中有一处现状已变,整个计划都不执行",
            "the state has changed somewhere since the plan was made, so none of it is applied"};
    return false;
  }

  // The changes from `from` on that belong to one stage; returns where the next stage begins.
  std::size_t stage(std::size_t from) {
    std::size_t end = from;
    Turn turn;
    std::vector<const NumberedChange*> begun;
    for (; end < plan_.changes.size() &&
           plan_.changes[end].change.stage == plan_.changes[from].change.stage;
         ++end) {
      const NumberedChange& one = plan_.changes[end];
      if (!plan_.allows(one)) continue;
      if (const Text why = obstacle(one); !why.empty()) {
        skip(one, why);
        continue;
      }
      begun.push_back(&one);
    }
    for (const NumberedChange* one : begun) {
      journal_.begin(*one, false);
      turn.push_back(question_for(one->change.host, fmt::format("fix-{}", one->id),
                                  apply_command(plan_.run, round_.host(one->change.host), *one),
                                  seconds_of(one->change)));
    }
    if (!turn.empty()) make(begun, turn);
    return end;
  }

  void make(const std::vector<const NumberedChange*>& begun, const Turn& turn) {
    const std::vector<Answer> answers = round_.ask(turn);
    for (std::size_t i = 0; i < begun.size(); ++i) {
      ChangeResult result = result_of(*begun[i], answers[i]);
      // A precondition that does not hold has touched nothing: what does not stand on it goes on.
      if (!went_well(result.outcome)) not_made_.insert(result.id);
      if (!went_well(result.outcome) && result.guard == 0)
        round_.put_out(begun[i]->change.host,
                       {fmt::format("此前第 {} 项改动没有成功", begun[i]->id),
                        fmt::format("change {} before it did not succeed", begun[i]->id)});
      journal_.end(result, false);
      tell(*begun[i], std::move(result));
    }
  }

  Text obstacle(const NumberedChange& one) const {
    if (round_.interrupted()) return {"已中断", "the run was interrupted"};
    if (round_.out(one.change.host)) return round_.why_out(one.change.host);
    for (const int other : one.stands_on)
      if (not_made_.contains(other))
        return {fmt::format("它依赖第 {} 项改动,而那一项没有执行", other),
                fmt::format("it stands on change {}, which was not made", other)};
    for (const std::string& other : one.change.hosts_needed)
      if (round_.out(other))
        return {fmt::format("需要 {} 一同就绪:{}", other, round_.why_out(other).zh),
                fmt::format("it needs {}, too: {}", other, round_.why_out(other).en)};
    return {};
  }

  void skip(const NumberedChange& one, const Text& why) {
    ChangeResult result{.id = one.id, .outcome = Outcome::kSkipped, .why = why};
    not_made_.insert(one.id);
    journal_.end(result, false);
    tell(one, std::move(result));
  }

  void tell(const NumberedChange& one, ChangeResult result) {
    if (options_.on_change) options_.on_change(one, result);
    results_[one.id] = std::move(result);
  }

  const FixPlan& plan_;
  Journal& journal_;
  const ApplyOptions& options_;
  Round round_;
  std::set<std::string> hosts_;
  std::map<int, ChangeResult> results_;
  std::set<int> not_made_;
};

}  // namespace

std::vector<ChangeResult> apply_plan(const FixPlan& plan, const Inventory& inventory,
                                     const AskHosts& ask, Journal& journal,
                                     const ApplyOptions& options) {
  return Application(plan, inventory, ask, journal, options).run();
}

}  // namespace touchstone
