#include <algorithm>

#include <fmt/format.h>

#include "harness/model/fold.h"
#include "reports/clock.h"
#include "reports/diff.h"
#include "reports/html_page.h"
#include "reports/past.h"

namespace touchstone::html {
namespace {

constexpr std::size_t kMostLines = 300;  // lines

const char* css_of_news(News::Kind kind) {
  switch (kind) {
    case News::Kind::kNew:
      return "badge fail";
    case News::Kind::kStill:
      return "badge error";
    case News::Kind::kRecovered:
      return "badge pass";
    case News::Kind::kFlapping:
      return "badge blocked";
  }
  return "badge off";
}

void add_line(pugi::xml_node table, const Page& page, const ChangeLine& line) {
  pugi::xml_node row = add(table, "tr");
  add(add(row, "td"), "span", css_of_news(line.kind), word_for(line.kind, page.language));
  // A step of another run may not be on this page.
  const auto& steps = page.record.steps;
  const bool there = std::any_of(steps.begin(), steps.end(),
                                 [&](const StepInfo& step) { return step.id == line.step; });
  if (there)
    link(add(row, "td"), "s-" + line.step, line.step);
  else
    add(row, "td", "", shortened(line.step));
  add(row, "td", "targets", shortened(fold_names(line.targets)));
  pugi::xml_node now = add(row, "td");
  add_badge(now, page, line.verdict);
  add_text(now, " " + when_of(line, page.language));
}

void add_trend(pugi::xml_node section, const Page& page) {
  if (page.record.past.nights.size() < 2) return;
  pugi::xml_node figure = add(section, "figure");
  add(figure, "figcaption", "", page.say(Word::kTrendNote));
  pugi::xml_node large = add(figure, "a");
  set(large, "href", "trend.svg");
  pugi::xml_node picture = add(large, "img", "mesh");
  set(picture, "src", "trend.svg");
  set(picture, "alt", page.say(Word::kTrend));
}

}  // namespace

void add_past(pugi::xml_node body, const Page& page) {
  const Past& past = page.record.past;
  if (past.nights.empty()) return;
  pugi::xml_node section = add_section(body, "news", page.say(Word::kNews));
  const std::string before =
      past.previous > 0 ? fmt::format("{}: {} · ", page.say(Word::kPreviousRun), utc(past.previous))
                        : "";
  add(section, "p", "", before + changes_line(past, page.language));
  add(section, "p", "note", page.say(Word::kNewsNote));
  const std::vector<ChangeLine> lines = fold_changes(past);
  if (!lines.empty()) {
    pugi::xml_node table = add(section, "table", "seen blocks");
    for (std::size_t i = 0; i < std::min(lines.size(), kMostLines); ++i)
      add_line(table, page, lines[i]);
  }
  if (lines.size() > kMostLines)
    add(section, "p", "none",
        fmt::format("{} {}", lines.size() - kMostLines, page.say(Word::kMore)));
  add_trend(section, page);
}

void add_moved(pugi::xml_node body, const Page& page) {
  const Baseline& baseline = page.record.baseline;
  if (!(baseline.started > 0)) return;
  pugi::xml_node section = add_section(body, "moved",
                                       fmt::format("{} {} {}", page.say(Word::kMovedSince),
                                                   baseline.cluster, utc(baseline.started)));
  if (baseline.moved.empty()) {
    add(section, "p", "calm", page.say(Word::kNothingMoved));
    return;
  }
  pugi::xml_node table = add(section, "table", "seen moved");
  pugi::xml_node head = add(table, "tr");
  add(head, "th");
  for (Word one : {Word::kWhere, Word::kFrom, Word::kTo}) add(head, "th", "", page.say(one));
  for (std::size_t i = 0; i < std::min(baseline.moved.size(), kMostLines); ++i) {
    const MovedWords one = words_for(baseline.moved[i], page.language);
    pugi::xml_node row = add(table, "tr");
    add(row, "td", "", shortened(one.what));
    add(row, "td", "targets", shortened(fold_names(baseline.moved[i].targets)));
    add(add(row, "td"), "span", "value", one.from.empty() ? "-" : shortened(one.from));
    add(add(row, "td"), "span", "value", one.to.empty() ? "-" : shortened(one.to));
  }
  if (baseline.moved.size() > kMostLines)
    add(section, "p", "none",
        fmt::format("{} {}", baseline.moved.size() - kMostLines, page.say(Word::kMore)));
}

}  // namespace touchstone::html
