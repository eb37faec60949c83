#include "harness/model/change.h"

#include <algorithm>
#include <array>
#include <utility>

namespace touchstone {
namespace {

constexpr std::array<std::pair<Outcome, std::string_view>, 10> kOutcomes{
    {{Outcome::kPlanned, "planned"},
     {Outcome::kUnderWay, "under_way"},
     {Outcome::kDone, "done"},
     {Outcome::kAlready, "already"},
     {Outcome::kMoved, "moved"},
     {Outcome::kRefused, "refused"},
     {Outcome::kFailed, "failed"},
     {Outcome::kHalfDone, "half_done"},
     {Outcome::kSkipped, "skipped"},
     {Outcome::kUndone, "undone"}}};

}  // namespace

bool can_be_taken_back(const Change& change) {
  const auto undone = [](const HostCommand& command) { return !command.undoes.empty(); };
  return !change.one_way &&
         (change.file || std::any_of(change.commands.begin(), change.commands.end(), undone));
}

std::string_view name_of(Outcome outcome) {
  for (const auto& [one, name] : kOutcomes)
    if (one == outcome) return name;
  return "";
}

std::optional<Outcome> outcome_from(std::string_view name) {
  for (const auto& [one, text] : kOutcomes)
    if (text == name) return one;
  return std::nullopt;
}

}  // namespace touchstone
