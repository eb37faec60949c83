#include "reports/junit_text.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "harness/model/clean.h"
#include "harness/model/said.h"
#include "reports/digest.h"
#include "reports/place.h"
#include "reports/repairs.h"
#include "reports/summary.h"
#include "reports/words.h"

namespace touchstone {
namespace {

constexpr std::size_t kStreamBytes = 4096;   // of a stream, as in the other reports
constexpr std::size_t kFindingBytes = 4096;  // of one field of a finding
constexpr std::size_t kFindingsOfCase = 50;  // of one case
constexpr std::size_t kRepairs = 20;         // of one case

std::string field(std::string_view text) {
  return harmless(cut_to(text, kFindingBytes)) + (text.size() > kFindingBytes ? " …" : "");
}

Text fields(const Text& text) {
  return {field(text.zh), field(text.en)};
}

}  // namespace

std::string junit_seconds(double seconds) {
  return fmt::format("{:.3f}", std::isfinite(seconds) && seconds > 0 ? seconds : 0.0);
}

std::string CaseTexts::headline(const std::vector<Finding>& findings,
                                const StepResult& result) const {
  if (findings.empty()) return say(result.reason);
  const Finding& first = findings.front();
  std::string text = say(said("期望 {},实际 {}", "expected {}, actual {}", fields(first.expected),
                              fields(first.actual)));
  if (!first.target.empty() && first.target != result.target.str())
    text = first.target + ": " + text;
  if (findings.size() > 1) text += say(said("(另有 {} 项)", " (and {} more)", findings.size() - 1));
  return text;
}

std::string CaseTexts::details(const Finding& finding) const {
  std::string text = field(finding.target) + "\n";
  auto line = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) text += fmt::format("  {:<9} {}\n", name, field(value));
  };
  line(word(Word::kExpected, language_), say(finding.expected));
  line(word(Word::kActual, language_), say(finding.actual));
  line(word(Word::kWhy, language_), say(finding.why));
  line(word(Word::kNext, language_), say(finding.next));
  for (std::string_view rest = finding.excerpt; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    text += "    " + field(rest.substr(0, end)) + "\n";
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  line(say({"细节", "detail"}), finding.detail);
  return text;
}

std::string CaseTexts::details(const StepInfo& step, const StepResult& result) const {
  std::string text =
      field(say(step.title)) +
      (step.place.empty() ? "" : " (" + field(place_text(step.place, language_)) + ")") + "\n";
  if (!result.reason.empty()) text += field(say(result.reason)) + "\n";
  for (std::size_t i = 0; i < std::min(result.findings.size(), kFindingsOfCase); ++i)
    text += "\n" + details(result.findings[i]);
  if (result.findings.size() > kFindingsOfCase)
    text += say(said("\n另有 {} 项,见 run.json\n", "\n{} more findings, see run.json\n",
                     result.findings.size() - kFindingsOfCase));
  if (!calls_for_remedy(step, result.verdict)) return text;
  if (!step.remedy.empty())
    text += say(said("\n处理方法({})  {}\n", "\nremedy ({})  {}\n", name_of(step.risk),
                     fields(step.remedy)));
  if (!step.command.empty()) text += "  " + field(step.command) + "\n";
  return text;
}

std::string CaseTexts::changes(const std::vector<const Repair*>& repairs) const {
  std::string text;
  for (std::size_t i = 0; i < std::min(repairs.size(), kRepairs); ++i) {
    const Repair& repair = *repairs[i];
    text +=
        say(said("改动 {}({}):{}:{}\n", "change {} on {}: {}: {}\n", repair.id, field(repair.host),
                 word_for_outcome(repair.outcome, language_), fields(repair.what)));
    if (!repair.why.empty())
      text += say(said("  原因:{}\n", "  why not: {}\n", fields(repair.why)));
  }
  if (repairs.size() > kRepairs)
    text += say(said("另有 {} 项改动,见 run.json\n", "{} more changes, see run.json\n",
                     repairs.size() - kRepairs));
  return text;
}

std::string CaseTexts::stream(const char* name, const std::string& stream) const {
  if (stream.empty()) return "";
  const bool cut = stream.size() > kStreamBytes;
  return fmt::format("--- {}{}\n{}\n", name, cut ? say({"(已截断)", " (cut)"}) : "",
                     harmless(cut_to(stream, kStreamBytes)));
}

std::string CaseTexts::evidence(const std::vector<Exhibit>& exhibits) const {
  std::string text;
  for (const Exhibit& exhibit : exhibits) {
    const Target where{.host = exhibit.host, .npu = exhibit.npu};
    const Text cut = exhibit.answer.cut ? Text{"已截断,", "cut, "} : Text{};
    text += fmt::format("$ {}\n", field(exhibit.answer.command));
    text += say(said("  {}({}):{},{}{} 秒\n", "  {} on {}: {}, {}{} s\n", field(exhibit.question),
                     field(where.str()), how_it_ended(exhibit.answer, language_), cut,
                     junit_seconds(exhibit.answer.seconds)));
    text += stream("stdout", exhibit.answer.out) + stream("stderr", exhibit.answer.err);
  }
  return text;
}

// Jenkins keeps 500 characters from the begin of a passing case's output, and 500 from its end:
// what was wrong and what was changed comes first, how it is now last.
std::string CaseTexts::fixed(const StepResult& result,
                             const std::vector<const Repair*>& repairs) const {
  std::string text = say({"已修复;修复前:", "fixed; before: "}) +
                     field(headline(result.findings_before, result)) + "\n";
  text += changes(repairs);
  for (std::size_t i = 0; i < std::min(result.findings_before.size(), kFindingsOfCase); ++i)
    text += "\n" + details(result.findings_before[i]);
  if (const std::string before = evidence(result.exhibits_before); !before.empty())
    text += say({"\n修复前:\n", "\nbefore:\n"}) + before;
  if (const std::string now = evidence(result.exhibits); !now.empty())
    text += say({"\n现在:\n", "\nnow:\n"}) + now;
  return text;
}

std::string CaseTexts::skipped(const StepResult& result) const {
  if (result.verdict == Verdict::kBlocked)
    return say(
        said("受阻于 {}({})", "blocked by {} on {}", result.blocked_by, result.blocked_on.str()));
  const std::string what(word_for(result.verdict, language_));
  return result.reason.empty() ? what : what + say({":", ": "}) + say(result.reason);
}

std::string CaseTexts::broken_by_the_fix() const {
  return say({"被本次修复改坏(此前通过):", "broken by the fix (it passed before): "});
}

std::string CaseTexts::not_run() const {
  return std::string(word(Word::kNotRun, language_));
}

}  // namespace touchstone
