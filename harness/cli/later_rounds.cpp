#include "harness/cli/later_rounds.h"

#include <algorithm>
#include <set>

#include "harness/cli/endpoint_turn.h"
#include "harness/model/evidence.h"
#include "harness/model/said.h"

namespace touchstone::cli {
namespace {

std::set<std::string> hosts_that_answered(const std::vector<Visit>& visits) {
  std::set<std::string> hosts;
  for (const Visit& visit : visits)
    if (visit.state == Visit::State::kAnswered) hosts.insert(visit.host);
  return hosts;
}

// The turns of all that belong to one phase, laid side by side: the first turns together, then the
// second ones.
struct Phase {
  std::vector<Turn> turns;
  Text why;
  std::size_t questions = 0;

  void add(const Later& later, std::vector<Turn> more) {
    turns.resize(std::max(turns.size(), more.size()));
    for (std::size_t i = 0; i < more.size(); ++i) {
      questions += more[i].size();
      std::move(more[i].begin(), more[i].end(), std::back_inserter(turns[i]));
    }
    if (!more.empty()) why = why.empty() ? later.why : why + Text{";", "; "} + later.why;
  }
};

bool asks_a_host(const FollowUp& one) {
  return one.question.where != Where::kController;
}

std::vector<Turn> turns_of(const Later& later, const EvidenceBook& book,
                           const std::set<std::string>& hosts) try {
  return later.turns(book, hosts);
} catch (const NoEvidence&) {
  return {};  // the steps miss the same evidence, and tell
}

}  // namespace

void ask_later(Collection& collection, const Inventory& inventory, const Plan& plan,
               std::vector<Visit>& visits, ConsoleProgress& progress,
               const std::atomic<bool>* interrupted, const std::function<void(int phase)>& before) {
  for (auto at = plan.later.begin(); at != plan.later.end();) {
    const int number = (*at)->phase;
    const std::set<std::string> hosts = hosts_that_answered(visits);
    Phase phase;
    {
      const EvidenceBook book(inventory, pointers_to(visits));
      for (; at != plan.later.end() && (*at)->phase == number; ++at)
        phase.add(**at, turns_of(**at, book, hosts));
    }
    if (phase.questions == 0) continue;
    if (before) before(number);
    progress.round(phase.why, phase.questions);
    for (const Turn& turn : phase.turns) {
      ask_endpoints(turn, inventory, visits, interrupted, [&] { progress.answered(1); });
      if (std::any_of(turn.begin(), turn.end(), asks_a_host)) collection.turn(visits, turn);
    }
  }
}

}  // namespace touchstone::cli
