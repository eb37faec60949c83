#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/history/database.h"
#include "harness/model/past.h"
#include "harness/model/run_record.h"

namespace touchstone {

// A run as the history knows it.
struct KnownRun {
  long long id = 0;
  std::string cluster, profile, selection;
  bool simulated = false, complete = true;
  double started = 0, finished = 0;
  Verdict verdict = Verdict::kError;
  std::map<Verdict, std::size_t> counts;
};

// A step and target over the runs that were asked for; nothing where a run said nothing of it.
struct TrendLine {
  std::string step;
  Target target;
  std::vector<std::optional<Verdict>> verdicts;  // a run each, oldest first
  std::vector<bool> flaky;                       // passed only when asked again
  std::size_t bad = 0, turns = 0;
};

struct Differing {
  std::string step;
  Target target;
  std::optional<Verdict> a, b;
};

// Verdicts of many runs in one SQLite file: who failed when. No evidence and no values are in it.
// Two writers wait for each other. Every function throws HistoryError; a file that is damaged, that
// is not ours, or that another version wrote is refused and never written to.
class History {
 public:
  enum class Use { kRead, kAdd };  // to add, a file that is not there is made
  History(const std::string& path, Use use);

  // Adds the run, or replaces it where it is there already (same cluster, same beginning), and says
  // what was before it. All in one transaction.
  Past add(const RunRecord& record);

  std::vector<KnownRun> runs(const std::string& cluster = "") const;  // oldest first
  Past past(const KnownRun& run) const;
  // What was not good in one of the last `runs` runs of a cluster; the worst offenders first.
  std::vector<TrendLine> trend(const std::vector<KnownRun>& runs) const;
  std::vector<Differing> compare(const KnownRun& a, const KnownRun& b) const;
  // Removes the runs that began before, and gives the space back. How many they were.
  std::size_t prune(double before);

 private:
  long long insert_run(const RunRecord& record);
  void insert_verdicts(long long run, const RunRecord& record);
  std::vector<std::pair<long long, Target>> candidates(const std::vector<KnownRun>& runs,
                                                       std::vector<std::string>& steps) const;
  std::vector<KnownRun> until(const KnownRun& run, std::size_t most) const;

  Database database_;
};

}  // namespace touchstone
