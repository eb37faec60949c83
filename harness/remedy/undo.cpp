#include <fmt/format.h>

#include "harness/remedy/round.h"

namespace touchstone {
namespace {

// What cannot be taken back at all keeps nothing else from it.
Text obstacle_to_undo(const Change& change, const Round& round) {
  if (Text why = round.stopped(); !why.empty()) return why;
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
  Round round(run, inventory, ask, journal, true, options);
  std::set<std::string> hosts;
  for (const JournalStory::Entry& entry : entries) hosts.insert(entry.change.change.host);
  round.lock(hosts);
  std::vector<ChangeResult> results;
  for (std::size_t from = 0; from < entries.size();) {
    Turn turn;
    std::size_t end = from;
    std::vector<const NumberedChange*> begun;
    for (; end < entries.size() &&
           entries[end].change.change.stage == entries[from].change.change.stage;
         ++end) {
      const NumberedChange& one = entries[end].change;
      if (const Text why = obstacle_to_undo(one.change, round); !why.empty()) {
        results.push_back(skipped(one, why));
        round.enter(results.back());
        round.tell(one, results.back());
        continue;
      }
      begun.push_back(&one);
      turn.push_back(question_for(one.change.host, fmt::format("undo-{}", one.id),
                                  undo_command(run, round.host(one.change.host), one,
                                               entries[end].result.was, entries[end].result.is),
                                  seconds_of(one.change)));
    }
    std::vector<ChangeResult> made = round.make(begun, turn);
    for (std::size_t i = 0; i < begun.size(); ++i) {
      // What stands on it must not be taken back under it.
      if (!went_well(made[i].outcome))
        round.put_out(begun[i]->change.host,
                      {fmt::format("此前第 {} 项未能还原", made[i].id),
                       fmt::format("change {} could not be taken back before it", made[i].id)});
      round.tell(*begun[i], made[i]);
      results.push_back(std::move(made[i]));
    }
    from = end;
  }
  round.release();
  return results;
}

}  // namespace touchstone
