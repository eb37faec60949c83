#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "harness/model/fold.h"
#include "reports/clock.h"
#include "reports/console_sections.h"
#include "reports/diff.h"
#include "reports/past.h"

namespace touchstone {
namespace {

constexpr std::size_t kChanges = 12;  // groups of them

}  // namespace

void Console::changes() {
  if (record_.repairs.empty()) return;
  heading(Word::kChanges);
  paper_.line("  ", outcomes_line(record_, language_));
  if (const std::size_t broken = broken_by_fix(record_); broken != 0)
    paper_.line("  ", fmt::format("{}: {}", say(Word::kBrokeNote), broken), Ink::kBad);
  const std::vector<RepairGroup> groups = repair_groups(record_);
  for (std::size_t i = 0; i < std::min(groups.size(), kChanges); ++i) change(groups[i]);
  more("   ", groups.size(), kChanges);
  field(Word::kJournal, record_.journal);
  field(Word::kUndo, undo_command(record_));
}

void Console::change(const RepairGroup& group) {
  const Repair& repair = *group.first;
  std::string what = remote(in(repair.what, language_));
  if (!group.alike) what += fmt::format(" (+{} {})", group.targets.size() - 1, say(Word::kLikeIt));
  paper_.line("   " + padded(word_for_outcome(repair.outcome, language_), 12) + " ",
              fmt::format("{}  {}  ({})", remote(fold_names(group.targets)), what,
                          remote(fmt::format("{}", fmt::join(repair.steps, ", ")))),
              ink_of(likeness_of_outcome(repair.outcome)));
  if (!repair.why.empty()) field(Word::kWhyNot, in(repair.why, language_));
}

void Console::news() {
  const Past& past = record_.past;
  if (past.nights.empty()) return;
  heading(Word::kNews);
  paper_.line("  ", changes_line(past, language_));
  const std::vector<ChangeLine> lines = fold_changes(past);
  for (std::size_t i = 0; i < std::min(lines.size(), kLinesOfSection); ++i) {
    const ChangeLine& line = lines[i];
    const std::string when = when_of(line, language_);
    paper_.line("  " + padded(word_for(line.kind, language_), 14),
                fmt::format("{} {}  {}{}{}", padded(remote(line.step), 7),
                            word_for(line.verdict, language_), remote(fold_names(line.targets)),
                            when.empty() ? "" : "  ", when),
                line.kind == News::Kind::kRecovered ? Ink::kGood : ink_of(line.verdict));
  }
  more("  ", lines.size(), kLinesOfSection);
}

void Console::moved() {
  const Baseline& baseline = record_.baseline;
  if (!(baseline.started > 0)) return;
  paper_.gap();
  paper_.line(fmt::format("{} {} {}", say(Word::kMovedSince), remote(baseline.cluster),
                          utc(baseline.started)),
              Ink::kBold);
  if (baseline.moved.empty()) paper_.line("  ", say(Word::kNothingMoved));
  for (std::size_t i = 0; i < std::min(baseline.moved.size(), kLinesOfSection); ++i) {
    const MovedWords one = words_for(baseline.moved[i], language_);
    paper_.line("  " + padded(remote(one.what), 14),
                fmt::format("{} -> {}  {}", one.from.empty() ? "-" : remote(one.from),
                            one.to.empty() ? "-" : remote(one.to),
                            remote(fold_names(baseline.moved[i].targets))));
  }
  more("  ", baseline.moved.size(), kLinesOfSection);
}

void Console::waivers() {
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

}  // namespace touchstone
