#include "harness/history/changes.h"

namespace touchstone {
namespace {

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
void count_back(const std::vector<Seen>& series, std::size_t end, News& change) {
  for (std::size_t i = end; i-- > 0 && !good(series[i].verdict);) {
    change.since = series[i].started;
    ++change.runs;
  }
}

}  // namespace

bool good(Verdict verdict) {
  return verdict == Verdict::kPass || verdict == Verdict::kFixed;
}

bool tells(Verdict verdict) {
  return good(verdict) || verdict == Verdict::kFail || verdict == Verdict::kError ||
         verdict == Verdict::kWaived;
}

std::optional<News> change_of(const std::vector<Seen>& series) {
  if (series.empty()) return std::nullopt;
  News change{.verdict = series.back().verdict, .turns = turns_of(series)};
  if (change.verdict == Verdict::kWaived) return std::nullopt;
  const bool now_good = good(change.verdict);
  count_back(series, now_good ? series.size() - 1 : series.size(), change);
  if (change.turns >= kFlappingTurns) {
    change.kind = News::Kind::kFlapping;
    return change;
  }
  if (now_good && change.runs == 0) return std::nullopt;
  if (now_good)
    change.kind = News::Kind::kRecovered;
  else
    change.kind = change.runs == 1 ? News::Kind::kNew : News::Kind::kStill;
  return change;
}

}  // namespace touchstone
