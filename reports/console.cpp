#include "reports/console.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "harness/model/clean.h"
#include "harness/model/fold.h"
#include "reports/console_sections.h"
#include "reports/guide.h"
#include "reports/mesh_svg.h"
#include "reports/summary.h"

namespace touchstone {
namespace {

constexpr std::size_t kSeen = 6;          // different observations of one cause
constexpr std::size_t kValueBytes = 400;  // bytes of a remote value

std::size_t widest_of(const std::vector<std::string>& texts) {
  std::size_t widest = 0;
  for (const std::string& text : texts) widest = std::max(widest, columns_of(text));
  return widest;
}

}  // namespace

Ink ink_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kFail:
      return Ink::kBad;
    case Verdict::kError:
    case Verdict::kBlocked:
      return Ink::kDoubt;
    case Verdict::kPass:
    case Verdict::kFixed:
      return Ink::kGood;
    default:
      return Ink::kDim;
  }
}

std::string remote(std::string_view text) {
  return harmless_line(cut_to(text, kValueBytes)) + (text.size() > kValueBytes ? " …" : "");
}

std::string Console::run() {
  verdict();
  changes();
  causes();
  news();
  moved();
  waivers();
  chapters();
  blocked();
  meshes();
  hosts();
  return paper_.take();
}

void Console::heading(Word which) {
  paper_.gap();
  paper_.line(say(which), Ink::kBold);
}

void Console::field(const std::string& name, std::string_view value, Ink ink) {
  if (!value.empty()) paper_.line("     " + padded(name, 10), remote(value), ink);
}

void Console::more(const char* indent, std::size_t all, std::size_t shown) {
  if (all > shown)
    paper_.line(indent, fmt::format("{} {}", all - shown, say(Word::kMore)), Ink::kDim);
}

void Console::verdict() {
  paper_.line(say(verdict_word(record_)) + simulated_mark(record_.simulated, language_) + "  " +
                  remote(subject_of(record_, language_)),
              ink_of(record_.verdict()));
  paper_.line("  ", counts_line(record_.counts(), digest_.not_run, language_));
  if (!record_.document.empty()) paper_.line("  ", guide_line(guide_table(record_), language_));
  if (!record_.selection.empty())
    paper_.line("  ", say(Word::kSelection) + ": " + remote(record_.selection));
  if (const std::size_t flaky = flaky_of(record_); flaky > 0)
    paper_.line("  ", fmt::format("{} {}", flaky, say(Word::kFlaky)), Ink::kDoubt);
  if (record_.replayed) paper_.line("  ", say(Word::kReplayed));
  if (record_.complete) return;
  paper_.line(
      "  ",
      fmt::format("{} {} {}", say(Word::kNotComplete), digest_.not_run, say(Word::kPendingResults)),
      Ink::kDoubt);
}

void Console::causes() {
  if (digest_.causes.empty()) return;
  heading(Word::kCauses);
  const std::size_t shown = std::min(digest_.causes.size(), kLinesOfSection);
  for (std::size_t i = 0; i < shown; ++i) cause(i + 1, digest_.causes[i]);
  more("   ", digest_.causes.size(), shown);
}

void Console::cause(std::size_t number, const Cause& cause) {
  const StepInfo& step = record_.steps.at(cause.step);
  paper_.line(fmt::format("{:>2} ", number),
              fmt::format("{}{}  {} {}", word_for(cause.verdict, language_),
                          cause.broke ? ", " + say(Word::kBroke) : "", remote(step.id),
                          remote(in(step.title, language_))),
              ink_of(cause.verdict));
  for (std::size_t i = 0; i < std::min(cause.seen.size(), kSeen); ++i) observation(cause.seen[i]);
  if (cause.seen.size() > kSeen)
    field(Word::kWhere, fmt::format("{} {}", cause.seen.size() - kSeen, say(Word::kMoreTargets)));
  field(Word::kWhy, in(cause.why, language_));
  field(Word::kNext, in(cause.next, language_));
  if (!cause.command.empty())
    field(cause.next.empty() ? say(Word::kNext) : "",
          command_for(cause.command, cause.all_targets()));
  if (cause.explains != 0)
    paper_.line("     ",
                fmt::format("{} {} {}", say(Word::kExplains), cause.explains, say(Word::kResults)),
                Ink::kDim);
}

void Console::observation(const Observation& seen) {
  field(Word::kWhere, fold_names(seen.targets), Ink::kBold);
  field(Word::kReason, in(seen.reason, language_));
  field(Word::kExpected, in(seen.expected, language_));
  field(Word::kActual, in(seen.actual, language_));
  excerpt(seen.excerpt);
}

// Line by line, so that the caret stays under what it means.
void Console::excerpt(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    paper_.line(std::string(7, ' '), remote(text.substr(0, end)), Ink::kDim);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void Console::chapters() {
  heading(Word::kChapters);
  std::map<std::string, std::map<Verdict, std::size_t>> counts;
  std::map<std::string, std::size_t> pending;
  for (const StepResult& result : record_.results) {
    const std::string& chapter = record_.steps.at(result.step).chapter;
    ++counts[chapter][result.verdict];
    pending[chapter] += not_run(record_, result);
  }
  std::vector<std::string> heads;
  for (const ChapterInfo& chapter : record_.chapters)
    heads.push_back(padded(remote(chapter.id), 5) + remote(in(chapter.title, language_)));
  const std::size_t widest = widest_of(heads);
  for (std::size_t i = 0; i < heads.size(); ++i) {
    const std::string& id = record_.chapters[i].id;
    paper_.line("  " + padded(heads[i], widest) + "  ",
                counts_line(counts[id], pending[id], language_));
  }
}

void Console::blocked() {
  if (digest_.blockages.empty()) return;
  heading(Word::kBlockedBy);
  for (const Blockage& blockage : digest_.blockages) {
    std::vector<std::string> ids;
    for (std::size_t step : blockage.blocked) ids.push_back(remote(record_.steps.at(step).id));
    paper_.line("  " + padded(remote(blockage.step), 7),
                fmt::format("{}: {} {} ({})", remote(fold_names(blockage.on)), blockage.results,
                            say(Word::kResults), fmt::join(ids, ", ")));
  }
}

void Console::meshes() {
  if (record_.meshes.empty()) return;
  heading(Word::kMesh);
  for (const Mesh& mesh : record_.meshes)
    paper_.line(
        "  ", padded(remote(mesh.group), 12) + " " + mesh_line(mesh, language_),
        mesh.count(MeshPair::Result::kWhole) == mesh.pairs.size() ? Ink::kPlain : Ink::kDoubt);
}

void Console::hosts() {
  if (record_.hosts.empty()) return;
  heading(Word::kHosts);
  std::vector<std::pair<std::pair<std::string, std::string>, std::vector<std::string>>> states;
  for (const HostInfo& host : record_.hosts) {
    const std::pair state{host.state, host.state == "answered" ? "" : in(host.detail, language_)};
    auto at = std::find_if(states.begin(), states.end(),
                           [&](const auto& known) { return known.first == state; });
    if (at == states.end()) at = states.insert(states.end(), {state, {}});
    at->second.push_back(host.name);
  }
  for (const auto& [state, names] : states) {
    const std::string text =
        remote(fold_names(names)) + (state.second.empty() ? "" : "  " + remote(state.second));
    paper_.line("  " + padded(remote(word_for_state(state.first, language_)), 12) + " ", text,
                state.first == "answered" ? Ink::kPlain : Ink::kDoubt);
  }
}

std::string console_report(const RunRecord& record, const ConsoleStyle& style) {
  return Console(record, style).run();
}

}  // namespace touchstone
