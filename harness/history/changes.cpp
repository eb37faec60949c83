#include "harness/history/changes.h"

namespace touchstone {
namespace {

bool good(Verdict verdict) {
  return verdict == Verdict::kPass || verdict == Verdict::kFixed;
}

std::size_t turns_of(const std::vector<Seen>& series) {
  std::size_t turns = 0;
  const std::size_t begin = series.size() > kFlappingRuns ? series.size() - kFlappingRuns : 0;
  for (std::size_t i = begin; i < series.size(); ++i) {
    turns += i > begin && good(series[i].verdict) != good(series[i - 1].verdict);
    turns += series[i].flaky ? 2 : 0;
  }
  return turns;
}

// The unbroken stretch of what is not good that ends before `end`.
void count_back(const std::vector<Seen>& series, std::size_t end, Change& change) {
  for (std::size_t i = end; i-- > 0 && !good(series[i].verdict);) {
    change.since = series[i].started;
    ++change.runs;
  }
}

}  // namespace

bool tells(Verdict verdict) {
  return good(verdict) || verdict == Verdict::kFail || verdict == Verdict::kError ||
         verdict == Verdict::kWaived;
}

std::optional<Change> change_of(const std::vector<Seen>& series) {
  if (series.empty()) return std::nullopt;
  Change change{.verdict = series.back().verdict, .turns = turns_of(series)};
  if (change.verdict == Verdict::kWaived) return std::nullopt;
  const bool now_good = good(change.verdict);
  count_back(series, now_good ? series.size() - 1 : series.size(), change);
  if (change.turns >= kFlappingTurns) {
    change.kind = Change::Kind::kFlapping;
    return change;
  }
  if (now_good && change.runs == 0) return std::nullopt;
  if (now_good)
    change.kind = Change::Kind::kRecovered;
  else
    change.kind = change.runs == 1 ? Change::Kind::kNew : Change::Kind::kStill;
  return change;
}

}  // namespace touchstone
