#include "reports/past.h"

#include <map>
#include <tuple>

#include <fmt/format.h>

#include "reports/clock.h"

namespace touchstone {

std::vector<ChangeLine> fold_changes(const Past& past) {
  using Key = std::tuple<News::Kind, Verdict, std::string, double, std::size_t, std::size_t>;
  std::vector<ChangeLine> lines;
  std::map<Key, std::size_t> known;
  for (const News& change : past.changes) {
    const Key key{change.kind,  change.verdict, change.step,
                  change.since, change.runs,    change.turns};
    const auto [at, fresh] = known.try_emplace(key, lines.size());
    if (fresh)
      lines.push_back({.kind = change.kind,
                       .verdict = change.verdict,
                       .step = change.step,
                       .since = change.since,
                       .runs = change.runs,
                       .turns = change.turns});
    lines[at->second].targets.push_back(change.target.str());
  }
  return lines;
}

std::string when_of(const ChangeLine& line, Language language) {
  const bool zh = language == Language::kZh;
  if (line.kind == News::Kind::kFlapping)
    return zh ? fmt::format("最近 {} 次运行中变化 {} 次", kFlappingRuns, line.turns)
              : fmt::format("{} turns in the last {} runs", line.turns, kFlappingRuns);
  if (line.kind == News::Kind::kNew) return "";
  const std::string since = utc(line.since);
  if (line.kind == News::Kind::kRecovered)
    return zh ? fmt::format("自 {} 起不正常,共 {} 次运行", since, line.runs)
              : fmt::format("was not good since {}, {} {}", since, line.runs,
                            line.runs == 1 ? "run" : "runs");
  return zh ? fmt::format("自 {} 起,第 {} 次运行", since, line.runs)
            : fmt::format("since {}, {} runs", since, line.runs);
}

std::string changes_line(const Past& past, Language language) {
  if (past.previous == 0) return std::string(word(Word::kFirstRun, language));
  std::map<News::Kind, std::size_t> counts;
  for (const News& change : past.changes) ++counts[change.kind];
  std::string text;
  for (const auto& [kind, count] : counts)
    text += fmt::format("{}{} {}", text.empty() ? "" : " · ", count, word_for(kind, language));
  return text.empty() ? std::string(word(Word::kNothingChanged, language)) : text;
}

}  // namespace touchstone
