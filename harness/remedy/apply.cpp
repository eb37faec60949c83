#include "harness/remedy/apply.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace touchstone {
namespace {

// More than a minute, so that the answer is told as soon as it is there.
constexpr double kToldAtOnce = 61;
constexpr double kLockSeconds = kToldAtOnce;

FollowUp question_for(const std::string& host, const std::string& key,
                      std::vector<std::string> argv, double seconds) {
  // Of NPU 0: the questions of one NPU are asked one after the other.
  return {.host = host,
          .npu = 0,
          .question = {.key = key,
                       .where = Where::kNpu,
                       .argv = std::move(argv),
                       .seconds = std::max(seconds, kToldAtOnce),
                       .literal = true}};
}

Text lost_text(const Answer& answer) {
  const std::string detail = answer.err.empty() ? "" : ": " + answer.err;
  if (answer.end == Answer::End::kTimedOut)
    return {"超过时限,结果不明", "its time limit passed, and nobody knows how it ended"};
  return {"连接中断,结果不明" + detail,
          "the connection was lost, and nobody knows how it ended" + detail};
}

Text why_of(const HostAnswer& said, const Change& change) {
  if (said.guard > 0 && said.guard <= static_cast<int>(change.guards.size()))
    return change.guards[static_cast<std::size_t>(said.guard) - 1].otherwise;
  if (said.outcome == Outcome::kMoved)
    return {"现状已不是计划所依据的样子,未做任何改动",
            "the state is no longer what the plan was made from; nothing was changed"};
  return {said.why, said.why};
}

ChangeResult result_of(const NumberedChange& numbered, const Answer& answer) {
  const HostAnswer said = answer_of(answer.out);
  ChangeResult result{.id = numbered.id,
                      .outcome = said.outcome,
                      .was = said.was,
                      .is = said.is,
                      .said = said.said};
  if (said.outcome == Outcome::kUnderWay)
    result.why = lost_text(answer);
  else
    result.why = why_of(said, numbered.change);
  return result;
}

bool went_well(Outcome outcome) {
  return outcome == Outcome::kDone || outcome == Outcome::kAlready;
}

// What apply and undo have in common: locks, turns, and who is out.
class Round {
 public:
  Round(const FixRun& run, const Inventory& inventory, const AskHosts& ask,
        const ApplyOptions& options)
      : run_(run), inventory_(inventory), ask_(ask), options_(options) {}

  const Host& host(const std::string& name) const { return *inventory_.find(name); }
  bool interrupted() const { return options_.interrupted && *options_.interrupted; }
  bool out(const std::string& host) const { return out_.contains(host); }
  const Text& why_out(const std::string& host) const { return out_.at(host); }
  void put_out(const std::string& host, Text why) { out_.emplace(host, std::move(why)); }

  void lock(const std::set<std::string>& hosts) {
    Turn turn;
    for (const std::string& name : hosts) {
      if (!inventory_.find(name))
        put_out(name, {"清单中没有这台主机", "the inventory has no such host"});
      else
        turn.push_back(question_for(name, "fix-lock",
                                    lock_command(run_, host(name), options_.stays), kLockSeconds));
    }
    const std::vector<Answer> answers = ask_(turn);
    for (std::size_t i = 0; i < turn.size(); ++i) {
      const HostAnswer said = answer_of(answers[i].out);
      if (said.outcome == Outcome::kDone)
        locked_.insert(turn[i].host);
      else if (said.outcome == Outcome::kRefused)
        put_out(turn[i].host, {"主机的锁不可得:" + said.why, "the host's lock: " + said.why});
      else
        put_out(turn[i].host,
                {"主机没有回答", "the host did not answer: " + lost_text(answers[i]).en});
    }
  }

  void release() {
    Turn turn;
    for (const std::string& name : locked_)
      turn.push_back(
          question_for(name, "fix-release", release_command(run_, host(name)), kLockSeconds));
    if (!turn.empty()) ask_(turn);
  }

  std::vector<Answer> ask(const Turn& turn) const { return ask_(turn); }

 private:
  const FixRun& run_;
  const Inventory& inventory_;
  const AskHosts& ask_;
  const ApplyOptions& options_;
  std::map<std::string, Text> out_;  // hosts of which nothing more is changed, and why
  std::set<std::string> locked_;
};

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
      if (!went_well(result.outcome))
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
    for (const std::string& other : one.change.hosts_needed)
      if (round_.out(other))
        return {fmt::format("需要 {} 一同就绪:{}", other, round_.why_out(other).zh),
                fmt::format("it needs {}, too: {}", other, round_.why_out(other).en)};
    return {};
  }

  void skip(const NumberedChange& one, const Text& why) {
    ChangeResult result{.id = one.id, .outcome = Outcome::kSkipped, .why = why};
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
};

// What cannot be taken back at all keeps nothing else from it.
Text obstacle_to_undo(const Change& change, const Round& round) {
  if (round.interrupted()) return {"已中断", "the run was interrupted"};
  if (round.out(change.host)) return round.why_out(change.host);
  if (!can_be_taken_back(change))
    return {"这一项没有办法还原", "it cannot be taken back: no command does that"};
  return {};
}

}  // namespace

std::vector<ChangeResult> apply_plan(const FixPlan& plan, const Inventory& inventory,
                                     const AskHosts& ask, Journal& journal,
                                     const ApplyOptions& options) {
  return Application(plan, inventory, ask, journal, options).run();
}

std::vector<ChangeResult> undo_changes(const FixRun& run,
                                       const std::vector<JournalStory::Entry>& entries,
                                       const Inventory& inventory, const AskHosts& ask,
                                       Journal& journal, const ApplyOptions& options) {
  Round round(run, inventory, ask, options);
  std::set<std::string> hosts;
  for (const JournalStory::Entry& entry : entries) hosts.insert(entry.change.change.host);
  round.lock(hosts);
  std::vector<ChangeResult> results;
  for (std::size_t from = 0; from < entries.size();) {
    Turn turn;
    std::size_t end = from;
    std::vector<const JournalStory::Entry*> begun;
    for (; end < entries.size() &&
           entries[end].change.change.stage == entries[from].change.change.stage;
         ++end) {
      const NumberedChange& one = entries[end].change;
      if (const Text why = obstacle_to_undo(one.change, round); !why.empty()) {
        results.push_back({.id = one.id, .outcome = Outcome::kSkipped, .why = why});
        if (options.on_change) options.on_change(one, results.back());
        continue;
      }
      journal.begin(one, true);
      begun.push_back(&entries[end]);
      turn.push_back(question_for(one.change.host, fmt::format("undo-{}", one.id),
                                  undo_command(run, round.host(one.change.host), one,
                                               entries[end].result.was, entries[end].result.is),
                                  seconds_of(one.change)));
    }
    const std::vector<Answer> answers = turn.empty() ? std::vector<Answer>{} : round.ask(turn);
    for (std::size_t i = 0; i < begun.size(); ++i) {
      ChangeResult result = result_of(begun[i]->change, answers[i]);
      if (result.outcome == Outcome::kMoved)
        result.why = {"现状已不是修复留下的样子,不予还原",
                      "the state is no longer what the fix left, so it is not touched"};
      // What stands on it must not be taken back under it.
      if (!went_well(result.outcome))
        round.put_out(begun[i]->change.change.host,
                      {fmt::format("此前第 {} 项未能还原", result.id),
                       fmt::format("change {} could not be taken back before it", result.id)});
      journal.end(result, true);
      if (options.on_change) options.on_change(begun[i]->change, result);
      results.push_back(std::move(result));
    }
    from = end;
  }
  round.release();
  return results;
}

}  // namespace touchstone
