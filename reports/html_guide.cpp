#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "reports/guide.h"
#include "reports/html_page.h"
#include "reports/summary.h"

namespace touchstone::html {
namespace {

using StepIds = std::set<std::string, std::less<>>;

// Nothing that is in this record leads nowhere: a step that was not selected has no part of the
// page.
void add_step_ids(pugi::xml_node cell, const std::vector<std::string>& ids, const StepIds& there) {
  for (const std::string& id : ids) {
    if (&id != &ids.front()) add_text(cell, " ");
    if (there.contains(id))
      link(cell, "s-" + id, id);
    else
      add(cell, "span", "absent", id);
  }
}

// What was found, where a step of the row found something: the badge leads there.
std::string cause_of(const Page& page, const GuideRow& row) {
  for (std::size_t i = 0; i < page.digest.causes.size(); ++i) {
    const Cause& cause = page.digest.causes[i];
    const auto& steps = row.instruction->steps;
    if (cause.verdict == row.verdict &&
        std::find(steps.begin(), steps.end(), page.step(cause.step).id) != steps.end())
      return anchor_of_cause(i);
  }
  return "";
}

// Where a step of the row was repaired, and none is worse.
std::string fixed_of(const Page& page, const GuideRow& row) {
  if (row.verdict != Verdict::kFixed) return "";
  const auto& steps = row.instruction->steps;
  for (std::size_t step : page.digest.repaired)
    if (std::find(steps.begin(), steps.end(), page.step(step).id) != steps.end())
      return page_of_fixed(page, step);
  return "";
}

void add_verdict(pugi::xml_node cell, const Page& page, const GuideRow& row) {
  if (row.not_run) {
    add(cell, "span", "badge off", page.say(Word::kNotRun));
    return;
  }
  const std::string cause = cause_of(page, row), fixed = fixed_of(page, row);
  if (!cause.empty()) cell = link(cell, cause, "");
  if (cause.empty() && !fixed.empty()) cell = lead(cell, fixed, "");
  add_badge(cell, page, row.verdict);
}

void add_row(pugi::xml_node table, const Page& page, const GuideRow& row, const StepIds& there) {
  const Instruction& instruction = *row.instruction;
  pugi::xml_node line = add(table, "tr");
  add(line, "th", "", fmt::format("{}", row.number));
  pugi::xml_node what = add(line, "td");
  add_text(what, page.in(instruction.what));
  for (const std::string& about : instruction.about)
    add(what, "code", "about", shortened(about, 160));
  if (!row.asserted) {
    add(line, "td", "", "—");
    pugi::xml_node reason = add(line, "td", "reason");
    add(reason, "b", "", page.say(Word::kNotAsserted));
    add_text(reason, " " + page.in(instruction.reason));
    return;
  }
  add_verdict(add(line, "td", "verdicts"), page, row);
  add_step_ids(add(line, "td"), instruction.steps, there);
}

// The rows of one section, and what the line says that stays when it is closed.
GuideTable part_of(const GuideTable& table, const DocumentSection& section) {
  GuideTable part;
  for (const GuideRow& row : table.rows) {
    if (row.section != &section) continue;
    part.rows.push_back(row);
    part.asserted += row.asserted;
    part.not_run += row.not_run;
    if (row.asserted && !row.not_run) ++part.counts[row.verdict];
  }
  return part;
}

void add_section_of_guide(pugi::xml_node into, const Page& page, const GuideTable& table,
                          const DocumentSection& section, const StepIds& there) {
  const GuideTable part = part_of(table, section);
  pugi::xml_node details = add(into, "details", "guide");
  set(details, "open", "open");  // nothing is hidden from who prints it or searches in it
  pugi::xml_node summary = add(details, "summary");
  add(summary, "b", "", section.id + " " + page.in(section.title));
  std::map<Verdict, std::size_t> counts = part.counts;
  if (part.not_run != 0) counts[Verdict::kError] += part.not_run;
  add(summary, "span", "counts", counts_line(counts, part.not_run, page.language));
  pugi::xml_node rows = add(details, "table", "guide");
  for (const GuideRow& row : part.rows) add_row(rows, page, row, there);
}

}  // namespace

void add_guide(pugi::xml_node body, const Page& page) {
  if (page.record.document.empty()) return;
  const GuideTable table = guide_table(page.record);
  StepIds there;
  for (const StepInfo& step : page.record.steps) there.insert(step.id);
  pugi::xml_node section = add_section(body, "guide", page.say(Word::kGuide));
  add(section, "p", "note", guide_line(table, page.language));
  for (const DocumentSection& part : page.record.document)
    add_section_of_guide(section, page, table, part, there);
}

}  // namespace touchstone::html
