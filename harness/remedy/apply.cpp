#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "harness/model/said.h"
#include "harness/remedy/round.h"

namespace touchstone {
namespace {

using Changes = std::vector<const NumberedChange*>;
using Results = std::map<int, ChangeResult>;  // by number

Text needs(const std::string& host, const Text& why) {
  return said("需要 {} 一同就绪:{}", "it needs {}, too: {}", host, why);
}

class Application {
 public:
  Application(const FixPlan& plan, const Inventory& inventory, const AskHosts& ask,
              Journal& journal, const ApplyOptions& options)
      : plan_(plan), options_(options), round_(plan.run, inventory, ask, journal, false, options) {}

  std::vector<ChangeResult> run() {
    round_.lock(plan_.hosts_needed());
    if (!options_.all_or_nothing || all_as_planned())
      for (std::size_t from = 0; from < plan_.changes.size(); from = stage(from)) continue;
    round_.release();
    std::vector<ChangeResult> results;
    for (const NumberedChange& one : plan_.changes)
      if (plan_.allows(one)) results.push_back(results_.at(one.id));
    return results;
  }

 private:
  // Looks at all of them before the first is made. Where one cannot be made none is, and of each it
  // is told why.
  bool all_as_planned() {
    Changes allowed, ready;
    Results kept;
    for (const NumberedChange& one : plan_.changes) {
      if (!plan_.allows(one)) continue;
      allowed.push_back(&one);
      if (const Text why = obstacle(one); !why.empty())
        kept[one.id] = skipped(one, why);
      else
        ready.push_back(&one);
    }
    kept.merge(look_at(ready));
    if (kept.empty()) return true;
    for (const NumberedChange* one : allowed) {
      const auto at = kept.find(one->id);
      note(*one, at != kept.end()
                     ? std::move(at->second)
                     : skipped(*one, {"计划中另有一项不能执行,所以整个计划都不执行",
                                      "another change of the plan cannot be made, so none of it "
                                      "is"}));
    }
    return false;
  }

  // The changes from `from` on that belong to one stage; returns where the next stage begins.
  std::size_t stage(std::size_t from) {
    std::size_t end = from;
    Changes ready;
    for (; end < plan_.changes.size() &&
           plan_.changes[end].change.stage == plan_.changes[from].change.stage;
         ++end) {
      const NumberedChange& one = plan_.changes[end];
      if (!plan_.allows(one)) continue;
      if (const Text why = obstacle(one); !why.empty())
        note(one, skipped(one, why));
      else
        ready.push_back(&one);
    }
    make(together(ready));
    return end;
  }

  // Those that may be begun. Changes that belong together are looked at first: where one cannot be
  // made, none of them is begun.
  Changes together(const Changes& changes) {
    Changes belong, begun;
    std::copy_if(changes.begin(), changes.end(), std::back_inserter(belong),
                 [](const NumberedChange* one) { return one->change.hosts_needed.size() > 1; });
    Results kept = look_at(belong);
    std::map<std::string, Text> not_ready;  // hosts, and why
    for (const NumberedChange* one : belong)
      if (kept.contains(one->id)) not_ready.emplace(one->change.host, kept.at(one->id).why);
    for (const NumberedChange* one : changes) {
      const std::vector<std::string>& hosts = one->change.hosts_needed;
      const auto other = std::find_if(hosts.begin(), hosts.end(),
                                      [&](const auto& host) { return not_ready.contains(host); });
      if (const auto at = kept.find(one->id); at != kept.end())
        note(*one, std::move(at->second));
      else if (other != hosts.end())
        note(*one, skipped(*one, needs(*other, not_ready.at(*other))));
      else
        begun.push_back(one);
    }
    return begun;
  }

  // Of those that cannot be made, what keeps them: the state, a precondition, a host that is
  // silent.
  Results look_at(const Changes& changes) {
    Turn turn;
    for (const NumberedChange* one : changes)
      turn.push_back(question_for(one->change.host, fmt::format("fix-look-{}", one->id),
                                  check_command(plan_.run, round_.host(one->change.host), *one),
                                  seconds_of(one->change)));
    Results kept;
    if (turn.empty()) return kept;
    const std::vector<Answer> answers = round_.ask(turn);
    for (std::size_t i = 0; i < changes.size(); ++i) {
      ChangeResult result = result_of(*changes[i], answers[i]);
      if (result.outcome == Outcome::kPlanned || result.outcome == Outcome::kAlready) continue;
      if (result.outcome == Outcome::kUnderWay) {  // of a look: nothing was begun
        result = skipped(*changes[i],
                         said("查看现状时主机没有回答:{};未做任何改动",
                              "the host did not answer when its state was looked at: {}; nothing "
                              "was changed",
                              silence_text(answers[i])));
        round_.put_out(changes[i]->change.host, result.why);
      }
      kept[result.id] = std::move(result);
    }
    return kept;
  }

  void make(const Changes& begun) {
    Turn turn;
    for (const NumberedChange* one : begun)
      turn.push_back(question_for(one->change.host, fmt::format("fix-{}", one->id),
                                  apply_command(plan_.run, round_.host(one->change.host), *one),
                                  seconds_of(one->change)));
    std::vector<ChangeResult> results = round_.make(begun, turn);
    for (std::size_t i = 0; i < begun.size(); ++i) settle(*begun[i], std::move(results[i]));
  }

  Text obstacle(const NumberedChange& one) const {
    if (Text why = round_.stopped(); !why.empty()) return why;
    if (round_.out(one.change.host)) return round_.why_out(one.change.host);
    for (const int other : one.stands_on)
      if (not_made_.contains(other))
        return said("它依赖第 {} 项改动,而那一项没有执行",
                    "it stands on change {}, which was not made", other);
    for (const std::string& other : one.change.hosts_needed)
      if (round_.out(other)) return needs(other, round_.why_out(other));
    return {};
  }

  // Of one that was not begun.
  void note(const NumberedChange& one, ChangeResult result) {
    round_.enter(result);
    settle(one, std::move(result));
  }

  // What became of one: told, and with what it means for later ones.
  void settle(const NumberedChange& one, ChangeResult result) {
    const bool tried = result.outcome != Outcome::kSkipped;
    if (!went_well(result.outcome)) not_made_.insert(one.id);
    // A precondition that does not hold has touched nothing: what does not stand on it goes on.
    if (!went_well(result.outcome) && tried && result.guard == 0)
      round_.put_out(one.change.host, said("此前第 {} 项改动没有成功",
                                           "change {} before it did not succeed", one.id));
    round_.tell(one, result);
    results_[one.id] = std::move(result);
  }

  const FixPlan& plan_;
  const ApplyOptions& options_;
  Round round_;
  Results results_;
  std::set<int> not_made_;
};

}  // namespace

std::vector<ChangeResult> apply_plan(const FixPlan& plan, const Inventory& inventory,
                                     const AskHosts& ask, Journal& journal,
                                     const ApplyOptions& options) {
  return Application(plan, inventory, ask, journal, options).run();
}

}  // namespace touchstone
