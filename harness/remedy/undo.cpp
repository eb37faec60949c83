#include <fmt/format.h>

#include "harness/remedy/round.h"

namespace touchstone {
namespace {

// What cannot be taken back at all keeps nothing else from it.
Text obstacle_to_undo(const Change& change, const Round& round) {
  if (round.interrupted()) return {"已中断", "the run was interrupted"};
  if (round.out(change.host)) return round.why_out(change.host);
  if (!can_be_taken_back(change))
    return {"这一项没有办法还原", "it cannot be taken back: no command does that"};
  return {};
}

}  // namespace

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
        journal.end(results.back(), true);
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
