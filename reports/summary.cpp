#include "reports/summary.h"

#include <cmath>

#include <fmt/format.h>

#include "reports/digest.h"
#include "reports/past.h"

namespace touchstone {

Word verdict_word(const RunRecord& record) {
  switch (record.verdict()) {
    case Verdict::kPass:
      return Word::kAccepted;
    case Verdict::kFail:
      return Word::kRejected;
    default:
      return Word::kCouldNotTell;
  }
}

std::string counts_line(const std::map<Verdict, std::size_t>& counts, std::size_t not_run,
                        Language language) {
  std::vector<std::string> parts;
  for (const auto& [verdict, count] : counts) {
    const std::size_t judged = verdict == Verdict::kError ? count - not_run : count;
    if (judged != 0) parts.push_back(fmt::format("{} {}", judged, word_for(verdict, language)));
  }
  if (not_run != 0) parts.push_back(fmt::format("{} {}", not_run, word(Word::kNotRun, language)));
  return fmt::format("{}", fmt::join(parts, " · "));
}

std::size_t flaky_of(const RunRecord& record) {
  std::size_t flaky = 0;
  for (const StepResult& result : record.results) flaky += result.flaky;
  return flaky;
}

std::string description_of(const RunRecord& record, Language language) {
  std::size_t pending = 0;
  for (const StepResult& result : record.results) pending += not_run(record, result);
  std::string text = fmt::format("{}{} · {}", word(verdict_word(record), language),
                                 simulated_mark(record.simulated, language),
                                 counts_line(record.counts(), pending, language));
  if (const std::size_t flaky = flaky_of(record); flaky > 0)
    text += fmt::format(" · {} {}", flaky, word(Word::kFlaky, language));
  if (record.past.previous > 0) text += " · " + changes_line(record.past, language);
  return text;
}

std::string badge_of(const RunRecord& record, Language language) {
  const auto counts = record.counts();
  std::string verdict(word(verdict_word(record), language));
  // The map's order is that of precedence.
  if (record.verdict() == Verdict::kPass || counts.empty()) return verdict;
  return fmt::format("{}: {} {}", verdict, counts.begin()->second,
                     word_for(counts.begin()->first, language));
}

std::size_t npus_of(const RunRecord& record) {
  std::size_t npus = 0;
  for (const HostInfo& host : record.hosts)
    npus += static_cast<std::size_t>(host.npus > 0 ? host.npus : 0);
  return npus;
}

std::string subject_of(const RunRecord& record, Language language) {
  const bool zh = language == Language::kZh;
  const std::size_t hosts = record.hosts.size(), npus = npus_of(record);
  const std::string size = zh ? fmt::format("{} 台主机,{} 个 NPU", hosts, npus)
                              : fmt::format("{} {}, {} {}", hosts, hosts == 1 ? "host" : "hosts",
                                            npus, npus == 1 ? "NPU" : "NPUs");
  return fmt::format("{} · {} · {}", record.cluster, record.profile, size);
}

std::string duration_of(const RunRecord& record) {
  const double seconds = record.finished - record.started;
  if (!(seconds >= 0) || !(record.started > 0) || seconds > 1e7) return "";
  if (seconds < 60) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<long>(std::lround(seconds));
  return fmt::format("{} min {:02} s", whole / 60, whole % 60);
}

std::string command_for(const std::string& command, const std::vector<std::string>& targets) {
  constexpr std::string_view kPlace = "{npu}", kNpu = "/npu";
  if (targets.size() != 1) return command;
  const std::size_t npu = targets.front().rfind(kNpu);
  if (npu == std::string::npos) return command;
  std::string filled = command;
  const std::string number = targets.front().substr(npu + kNpu.size());
  for (std::size_t at = filled.find(kPlace); at != std::string::npos;
       at = filled.find(kPlace, at + number.size()))
    filled.replace(at, kPlace.size(), number);
  return filled;
}

std::string how_it_ended(const Answer& answer, Language language) {
  switch (answer.end) {
    case Answer::End::kExited:
      return fmt::format("{} {}", word(Word::kExitCode, language), answer.exit_code);
    case Answer::End::kTimedOut:
      return std::string(word(Word::kTimedOut, language));
    case Answer::End::kNoTool:
      return std::string(word(Word::kNoTool, language));
    case Answer::End::kLost:
      return std::string(word(Word::kLost, language));
  }
  return "";
}

}  // namespace touchstone
