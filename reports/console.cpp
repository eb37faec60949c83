#include "reports/console.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "harness/model/clean.h"
#include "harness/model/fold.h"
#include "reports/clock.h"
#include "reports/diff.h"
#include "reports/digest.h"
#include "reports/guide.h"
#include "reports/mesh_svg.h"
#include "reports/paper.h"
#include "reports/past.h"
#include "reports/repairs.h"
#include "reports/summary.h"

namespace touchstone {
namespace {

constexpr std::size_t kCauses = 40;       // the page and run.json have all
constexpr std::size_t kSeen = 6;          // different observations of one cause
constexpr std::size_t kChanges = 12;      // groups of them
constexpr std::size_t kValueBytes = 400;  // bytes of a remote value

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

class Console {
 public:
  Console(const RunRecord& record, const ConsoleStyle& style)
      : record_(record),
        language_(style.language),
        digest_(digest(record)),
        paper_(style.colour, style.width) {}

  std::string run() {
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

 private:
  std::string say(Word which) const { return std::string(word(which, language_)); }

  void heading(Word which) {
    paper_.gap();
    paper_.line(say(which), Ink::kBold);
  }

  void verdict() {
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
    paper_.line("  ",
                fmt::format("{} {} {}", say(Word::kNotComplete), digest_.not_run,
                            say(Word::kPendingResults)),
                Ink::kDoubt);
  }

  void changes() {
    if (record_.repairs.empty()) return;
    heading(Word::kChanges);
    paper_.line("  ", outcomes_line(record_, language_));
    if (const std::size_t broken = broken_by_fix(record_); broken != 0)
      paper_.line("  ", fmt::format("{}: {}", say(Word::kBrokeNote), broken), Ink::kBad);
    const std::vector<RepairGroup> groups = repair_groups(record_);
    for (std::size_t i = 0; i < std::min(groups.size(), kChanges); ++i) change(groups[i]);
    if (groups.size() > kChanges)
      paper_.line("   ", fmt::format("{} {}", groups.size() - kChanges, say(Word::kMore)),
                  Ink::kDim);
    field(Word::kJournal, record_.journal);
    field(Word::kUndo, undo_command(record_));
  }

  void change(const RepairGroup& group) {
    const Repair& repair = *group.first;
    std::string what = remote(in(repair.what, language_));
    if (!group.alike)
      what += fmt::format(" (+{} {})", group.targets.size() - 1, say(Word::kLikeIt));
    paper_.line("   " + padded(word_for_outcome(repair.outcome, language_), 12) + " ",
                fmt::format("{}  {}  ({})", remote(fold_names(group.targets)), what,
                            remote(fmt::format("{}", fmt::join(repair.steps, ", ")))),
                ink_of(likeness_of_outcome(repair.outcome)));
    if (!repair.why.empty()) field(Word::kWhyNot, in(repair.why, language_));
  }

  void causes() {
    if (digest_.causes.empty()) return;
    heading(Word::kCauses);
    const std::size_t shown = std::min(digest_.causes.size(), kCauses);
    for (std::size_t i = 0; i < shown; ++i) cause(i + 1, digest_.causes[i]);
    if (shown < digest_.causes.size())
      paper_.line("   ", fmt::format("{} {}", digest_.causes.size() - shown, say(Word::kMore)),
                  Ink::kDim);
  }

  void cause(std::size_t number, const Cause& cause) {
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
      paper_.line(
          "     ",
          fmt::format("{} {} {}", say(Word::kExplains), cause.explains, say(Word::kResults)),
          Ink::kDim);
  }

  void observation(const Observation& seen) {
    field(Word::kWhere, fold_names(seen.targets), Ink::kBold);
    field(Word::kReason, in(seen.reason, language_));
    field(Word::kExpected, in(seen.expected, language_));
    field(Word::kActual, in(seen.actual, language_));
    excerpt(seen.excerpt);
  }

  // Line by line, so that the caret stays under what it means.
  void excerpt(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      paper_.line(std::string(7, ' '), remote(text.substr(0, end)), Ink::kDim);
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  void field(Word name, std::string_view value, Ink ink = Ink::kPlain) {
    field(say(name), value, ink);
  }
  void field(const std::string& name, std::string_view value, Ink ink = Ink::kPlain) {
    if (!value.empty()) paper_.line("     " + padded(name, 10), remote(value), ink);
  }

  void news() {
    const Past& past = record_.past;
    if (past.nights.empty()) return;
    heading(Word::kNews);
    paper_.line("  ", changes_line(past, language_));
    const std::vector<ChangeLine> lines = fold_changes(past);
    for (std::size_t i = 0; i < std::min(lines.size(), kCauses); ++i) {
      const ChangeLine& line = lines[i];
      const std::string when = when_of(line, language_);
      paper_.line("  " + padded(word_for(line.kind, language_), 14),
                  fmt::format("{} {}  {}{}{}", padded(remote(line.step), 7),
                              word_for(line.verdict, language_), remote(fold_names(line.targets)),
                              when.empty() ? "" : "  ", when),
                  line.kind == News::Kind::kRecovered ? Ink::kGood : ink_of(line.verdict));
    }
    if (lines.size() > kCauses)
      paper_.line("  ", fmt::format("{} {}", lines.size() - kCauses, say(Word::kMore)), Ink::kDim);
  }

  void moved() {
    const Baseline& baseline = record_.baseline;
    if (!(baseline.started > 0)) return;
    paper_.gap();
    paper_.line(fmt::format("{} {} {}", say(Word::kMovedSince), remote(baseline.cluster),
                            utc(baseline.started)),
                Ink::kBold);
    if (baseline.moved.empty()) paper_.line("  ", say(Word::kNothingMoved));
    for (std::size_t i = 0; i < std::min(baseline.moved.size(), kCauses); ++i) {
      const MovedWords one = words_for(baseline.moved[i], language_);
      paper_.line("  " + padded(remote(one.what), 14),
                  fmt::format("{} -> {}  {}", one.from.empty() ? "-" : remote(one.from),
                              one.to.empty() ? "-" : remote(one.to),
                              remote(fold_names(baseline.moved[i].targets))));
    }
    if (baseline.moved.size() > kCauses)
      paper_.line("  ", fmt::format("{} {}", baseline.moved.size() - kCauses, say(Word::kMore)),
                  Ink::kDim);
  }

  void waivers() {
    if (record_.waivers.empty()) return;
    heading(Word::kWaivers);
    for (const WaiverUse& use : record_.waivers) {
      const bool calm =
          use.state == WaiverUse::State::kInForce || use.state == WaiverUse::State::kNotJudged;
      paper_.line(
          "  ",
          remote(fmt::format("{} · {} · {}: {} {}", fmt::join(use.waiver.steps, ", "),
                             fmt::join(use.waiver.targets, ", "), word_for(use.state, language_),
                             use.results, say(Word::kResults))),
          use.state == WaiverUse::State::kExpired ? Ink::kBad
          : calm                                  ? Ink::kPlain
                                                  : Ink::kDoubt);
      paper_.line("     ",
                  remote(fmt::format("{}; {} {}; {} {}; {}", use.waiver.justification,
                                     say(Word::kApprover), use.waiver.approver, say(Word::kUntil),
                                     use.waiver.expires, use.waiver.place)),
                  Ink::kDim);
    }
  }

  void chapters() {
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

  static std::size_t widest_of(const std::vector<std::string>& texts) {
    std::size_t widest = 0;
    for (const std::string& text : texts) widest = std::max(widest, columns_of(text));
    return widest;
  }

  void blocked() {
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

  void meshes() {
    if (record_.meshes.empty()) return;
    heading(Word::kMesh);
    for (const Mesh& mesh : record_.meshes)
      paper_.line(
          "  ", padded(remote(mesh.group), 12) + " " + mesh_line(mesh, language_),
          mesh.count(MeshPair::Result::kWhole) == mesh.pairs.size() ? Ink::kPlain : Ink::kDoubt);
  }

  void hosts() {
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

  const RunRecord& record_;
  Language language_;
  Digest digest_;
  Paper paper_;
};

}  // namespace

std::string console_report(const RunRecord& record, const ConsoleStyle& style) {
  return Console(record, style).run();
}

}  // namespace touchstone
