#include "harness/model/change.h"

#include <array>
#include <utility>

namespace touchstone {
namespace {

constexpr std::array<std::pair<Outcome, std::string_view>, 10> kNames{
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

std::string_view name_of(Outcome outcome) {
  for (const auto& [one, name] : kNames)
    if (one == outcome) return name;
  return "";
}

std::optional<Outcome> outcome_from(std::string_view name) {
  for (const auto& [one, text] : kNames)
    if (text == name) return one;
  return std::nullopt;
}

}  // namespace touchstone
