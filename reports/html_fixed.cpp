#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "harness/model/fold.h"
#include "reports/html_page.h"

namespace touchstone::html {
namespace {

constexpr std::size_t kSeenBefore = 40;  // different findings of one step
constexpr std::size_t kPairs = 8;        // of one step: its evidence before and after
constexpr std::size_t kAll = 300;        // of all steps

using Fixed = std::vector<const StepResult*>;  // of one step

void add_findings(pugi::xml_node article, const Page& page, const Fixed& fixed) {
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> seen;
  for (const StepResult* result : fixed)
    for (const Finding& finding : result->findings_before)
      seen[{page.in(finding.expected), page.in(finding.actual)}].push_back(
          finding.target.empty() ? result->target.str() : finding.target);
  pugi::xml_node table = add(article, "table", "seen");
  pugi::xml_node head = add(table, "tr");
  add(head, "th", "", page.say(Word::kWhere));
  add(head, "th", "", page.say(Word::kExpected));
  add(head, "th", "", page.say(Word::kActual) + " " + page.say(Word::kBefore));
  std::size_t shown = 0;
  for (const auto& [what, targets] : seen) {
    if (shown++ == kSeenBefore) break;
    pugi::xml_node row = add(table, "tr");
    add(row, "td", "targets", shortened(fold_names(targets)));
    add(add(row, "td"), "span", "value", shortened(what.first));
    add(add(row, "td"), "span", "value", shortened(what.second));
  }
  if (seen.size() > kSeenBefore)
    add(article, "p", "none",
        fmt::format("{} {}", seen.size() - kSeenBefore, page.say(Word::kMoreTargets)));
}

const Exhibit* same_question(const std::vector<Exhibit>& exhibits, const Exhibit& one) {
  const auto at = std::find_if(exhibits.begin(), exhibits.end(), [&](const Exhibit& other) {
    return other.host == one.host && other.npu == one.npu && other.question == one.question;
  });
  return at == exhibits.end() ? nullptr : &*at;
}

void add_side(pugi::xml_node pair, const Page& page, Word name, const Exhibit* exhibit) {
  pugi::xml_node side = add(pair, "div");
  add(side, "h4", "", page.say(name));
  if (exhibit)
    add_exhibit(side, page, *exhibit);
  else
    add(side, "p", "none", page.say(Word::kUnknown));
}

// The same question twice, side by side.
std::size_t add_evidence(pugi::xml_node article, const Page& page, const Fixed& fixed,
                         std::size_t room) {
  std::size_t all = 0, shown = 0;
  pugi::xml_node details;
  for (const StepResult* result : fixed)
    for (const Exhibit& before : result->exhibits_before) {
      if (++all > std::min(room, kPairs)) continue;
      if (!details) details = add(article, "details", "pairs");
      ++shown;
      pugi::xml_node pair = add(details, "div", "pair");
      add_side(pair, page, Word::kBefore, &before);
      add_side(pair, page, Word::kAfter, same_question(result->exhibits, before));
    }
  if (!details) return 0;
  set(details, "open", "open");
  pugi::xml_node summary = details.prepend_child("summary");
  add_text(summary, fmt::format("{} ({})", page.say(Word::kEvidence), all));
  if (shown < all)
    add(details, "p", "none", fmt::format("{} {}", all - shown, page.say(Word::kMore)));
  return shown;
}

}  // namespace

void add_fixed(pugi::xml_node body, const Page& page) {
  if (page.digest.repaired.empty()) return;
  pugi::xml_node section = add_section(body, "fixed", page.say(Word::kFixedSteps));
  add(section, "p", "note", page.say(Word::kFixedNote));
  std::map<std::size_t, Fixed> steps;
  for (const StepResult& result : page.record.results)
    if (result.verdict == Verdict::kFixed && page.digest.repaired.contains(result.step))
      steps[result.step].push_back(&result);
  std::size_t room = kAll;
  for (const auto& [index, fixed] : steps) {
    const StepInfo& step = page.step(index);
    pugi::xml_node article = add(section, "article", "cause");
    set(article, "id", "f-" + step.id);
    pugi::xml_node heading = add(article, "h3");
    add_badge(heading, page, Verdict::kFixed);
    add_text(heading, " ");
    lead(heading, "index.html#s-" + step.id, step.id);
    add_text(heading, " " + page.in(step.title));
    add_findings(article, page, fixed);
    room -= add_evidence(article, page, fixed, room);
  }
}

bool has_changes(const Page& page) {
  return !page.record.repairs.empty() || !page.digest.repaired.empty();
}

std::string page_of_fixed(const Page& page, std::size_t step) {
  return page.digest.repaired.contains(step) ? "changes.html#f-" + page.step(step).id : "";
}

}  // namespace touchstone::html
