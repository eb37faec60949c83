#include <algorithm>
#include <tuple>

#include "harness/history/changes.h"
#include "harness/history/history.h"

namespace touchstone {
namespace {

void count(TrendLine& line) {
  line.turns = 2 * static_cast<std::size_t>(std::count(line.flaky.begin(), line.flaky.end(), true));
  std::optional<bool> before;
  for (const auto& verdict : line.verdicts) {
    if (!verdict) continue;
    const bool now = good(*verdict);
    line.bad += !now;
    line.turns += before && *before != now;
    before = now;
  }
}

}  // namespace

std::vector<TrendLine> History::trend(const std::vector<KnownRun>& runs) const {
  std::vector<std::string> steps;
  const auto subjects = candidates(runs, steps);
  Statement one =
      database_.prepare("SELECT verdict, flaky FROM verdict WHERE subject = ? AND run = ?");
  std::vector<TrendLine> all;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    TrendLine line{.step = steps[i], .target = subjects[i].second};
    for (const KnownRun& run : runs) {
      one.bind(subjects[i].first).bind(run.id);
      auto& verdict = line.verdicts.emplace_back();
      line.flaky.push_back(false);
      while (one.row()) {
        verdict = verdict_from(one.text(0));
        line.flaky.back() = one.integer(1) != 0;
      }
    }
    count(line);
    all.push_back(std::move(line));
  }
  std::stable_sort(all.begin(), all.end(), [](const TrendLine& a, const TrendLine& b) {
    return std::tie(b.bad, b.turns) < std::tie(a.bad, a.turns);
  });
  return all;
}

std::vector<Differing> History::compare(const KnownRun& a, const KnownRun& b) const {
  std::vector<Differing> all;
  for (const TrendLine& line : trend({a, b}))
    if (line.verdicts[0] != line.verdicts[1])
      all.push_back({line.step, line.target, line.verdicts[0], line.verdicts[1]});
  return all;
}

std::size_t History::prune(double before) {
  Database::Transaction transaction(database_);
  Statement old = database_.prepare("SELECT count(*) FROM run WHERE started < ?");
  old.bind(before);
  const std::size_t runs = old.row() ? static_cast<std::size_t>(old.integer(0)) : 0;
  old.row();
  database_.prepare("DELETE FROM verdict WHERE run IN (SELECT id FROM run WHERE started < ?)")
      .bind(before)
      .done();
  database_.prepare("DELETE FROM run WHERE started < ?").bind(before).done();
  database_.run("DELETE FROM subject WHERE id NOT IN (SELECT subject FROM verdict)");
  transaction.commit();
  database_.run("VACUUM");
  return runs;
}

}  // namespace touchstone
