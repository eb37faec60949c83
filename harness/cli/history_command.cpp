#include <algorithm>
#include <chrono>
#include <fstream>

#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/exit_codes.h"
#include "harness/cli/files.h"
#include "harness/history/history.h"
#include "harness/model/clean.h"
#include "harness/model/fold.h"
#include "harness/model/said.h"
#include "reports/clock.h"
#include "reports/past.h"
#include "reports/summary.h"

namespace touchstone::cli {
namespace {

constexpr std::size_t kLines = 200;

void line(const std::string& text) {
  print(harmless_line(text) + "\n");
}

// The last runs of one cluster. Runs of several clusters do not stand on one line.
std::vector<KnownRun> chosen(const History& history, const HistoryOptions& options) {
  std::vector<KnownRun> runs = history.runs(options.cluster);
  if (runs.empty())
    throw Failure(
        kWrongUsage,
        options.cluster.empty()
            ? said("{}:其中没有运行记录", "{}: there is no run in it", options.file)
            : said("{}:其中没有集群 '{}' 的运行记录",
                   "{}: there is no run of the cluster '{}' in it", options.file, options.cluster));
  for (const KnownRun& run : runs)
    if (run.cluster != runs.back().cluster)
      throw Failure(kWrongUsage,
                    said("{}:其中有多个集群的运行记录('{}'、'{}');请用 --cluster 选择一个",
                         "{}: there are runs of several clusters ('{}', '{}'); choose one with "
                         "--cluster",
                         options.file, run.cluster, runs.back().cluster));
  // A simulated cluster of the same name is another cluster.
  const bool simulated = runs.back().simulated;
  std::erase_if(runs, [&](const KnownRun& run) { return run.simulated != simulated; });
  const auto last = static_cast<std::size_t>(options.last);
  if (runs.size() > last) runs.erase(runs.begin(), runs.end() - static_cast<std::ptrdiff_t>(last));
  return runs;
}

std::string described(const KnownRun& run, Language language) {
  const Word verdict = run.verdict == Verdict::kPass   ? Word::kAccepted
                       : run.verdict == Verdict::kFail ? Word::kRejected
                                                       : Word::kCouldNotTell;
  std::string text =
      fmt::format("{:>5}  {}  {}{}  {}", run.id, utc(run.started), word(verdict, language),
                  simulated_mark(run.simulated, language), counts_line(run.counts, 0, language));
  if (!run.complete) text += fmt::format("  {}", word(Word::kNotComplete, language));
  if (!run.selection.empty()) text += "  " + run.selection;
  return text;
}

int show(const History& history, const HistoryOptions& options) {
  const Language language = options.language;
  const std::vector<KnownRun> runs = chosen(history, options);
  line(fmt::format("{} {}", word(Word::kCluster, language), runs.back().cluster));
  for (const KnownRun& run : runs) line(described(run, language));
  const Past past = history.past(runs.back());
  line(fmt::format("{}: {}", word(Word::kNews, language), changes_line(past, language)));
  const std::vector<ChangeLine> changes = fold_changes(past);
  for (std::size_t i = 0; i < std::min(changes.size(), kLines); ++i)
    line(fmt::format("  {}  {} {}  {}  {}", padded(word_for(changes[i].kind, language), 14),
                     padded(changes[i].step, 7), word_for(changes[i].verdict, language),
                     fold_names(changes[i].targets), when_of(changes[i], language)));
  return 0;
}

char sign_of(const std::optional<Verdict>& verdict) {
  if (!verdict) return ' ';
  switch (*verdict) {
    case Verdict::kFail:
      return 'x';
    case Verdict::kError:
      return '?';
    case Verdict::kWaived:
      return 'w';
    default:
      return '.';
  }
}

int trend(const History& history, const HistoryOptions& options) {
  const Language language = options.language;
  const std::vector<KnownRun> runs = chosen(history, options);
  const std::vector<TrendLine> lines = history.trend(runs);
  line(fmt::format("{} {}: {} .. {}; . {}  x {}  ? {}  w {}  f {}", word(Word::kCluster, language),
                   runs.back().cluster, utc(runs.front().started), utc(runs.back().started),
                   word(Word::kPass, language), word(Word::kFail, language),
                   word(Word::kError, language), word(Word::kWaived, language),
                   word(Word::kFlaky, language)));
  for (std::size_t i = 0; i < std::min(lines.size(), kLines); ++i) {
    std::string signs;
    for (std::size_t n = 0; n < lines[i].verdicts.size(); ++n)
      signs += lines[i].flaky[n] ? 'f' : sign_of(lines[i].verdicts[n]);
    line(fmt::format("{}  {:>3}  {} {}", signs, lines[i].bad, padded(lines[i].step, 7),
                     lines[i].target.str()));
  }
  if (lines.empty()) line(std::string(word(Word::kNothingFound, language)));
  if (lines.size() > kLines) line(fmt::format("+{}", lines.size() - kLines));
  return 0;
}

KnownRun find(const History& history, const HistoryOptions& options, const std::string& name) {
  for (const KnownRun& run : history.runs())
    if (std::to_string(run.id) == name || utc(run.started) == name) return run;
  throw Failure(kWrongUsage, said("{}:没有运行 {};`touchstone history show {}` 可列出全部",
                                  "{}: there is no run {}; `touchstone history show {}` lists them",
                                  options.file, name, options.file));
}

int compare(const History& history, const HistoryOptions& options) {
  const Language language = options.language;
  const KnownRun a = find(history, options, options.a), b = find(history, options, options.b);
  if (a.cluster != b.cluster || a.simulated != b.simulated)
    throw Failure(kWrongUsage, said("运行 {} 属于集群 '{}',运行 {} 属于 '{}'",
                                    "run {} is of the cluster '{}', run {} of '{}'", a.id,
                                    a.cluster, b.id, b.cluster));
  line("a " + described(a, language));
  line("b " + described(b, language));
  const auto name = [&](const std::optional<Verdict>& verdict) {
    return verdict ? std::string(word_for(*verdict, language)) : std::string("-");
  };
  const std::vector<Differing> all = history.compare(a, b);
  for (const Differing& one : all)
    line(fmt::format("  {} {}  {} -> {}", padded(one.step, 7), one.target.str(), name(one.a),
                     name(one.b)));
  if (all.empty()) line(std::string(word(Word::kNothingChanged, language)));
  return 0;
}

int prune(const HistoryOptions& options) {
  if (!std::ifstream(options.file))
    throw HistoryError(said("{}:没有这个文件", "{}: there is no such file", options.file));
  History history(options.file, History::Use::kAdd);
  const double now =
      std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  const std::size_t runs = history.prune(now - 86400.0 * options.keep_days);
  line(in(said("删除了 {} 次运行", "{} runs removed", runs), options.language));
  return 0;
}

}  // namespace

int history(const HistoryOptions& options) {
  using What = HistoryOptions::What;
  if (options.what == What::kPrune) return prune(options);
  const History history(options.file, History::Use::kRead);
  if (options.what == What::kShow) return show(history, options);
  if (options.what == What::kTrend) return trend(history, options);
  return compare(history, options);
}

}  // namespace touchstone::cli
