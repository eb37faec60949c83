#include <algorithm>
#include <cstddef>
#include <tuple>
#include <vector>

#include "reports/html_page.h"

namespace touchstone::html {
namespace {

constexpr std::size_t kNamesBeforeCells = 28;  // bytes of names before the cells
constexpr std::size_t kColumns = 40;           // what a screen, and an A4 page, is wide enough for

// Steps that stand in one table: whole chapters, as many as fit.
struct Band {
  std::size_t begin = 0, end = 0;
};

std::vector<Band> bands_of(const std::vector<StepInfo>& steps) {
  std::vector<Band> bands;
  for (std::size_t i = 0; i < steps.size();) {
    std::size_t end = i + 1;
    while (end < steps.size() && end - i < kColumns && steps[end].chapter == steps[i].chapter)
      ++end;
    if (bands.empty() || end - bands.back().begin > kColumns) bands.push_back({i, i});
    bands.back().end = end;
    i = end;
  }
  return bands;
}

void add_head(pugi::xml_node table, const Page& page, const Band& band) {
  pugi::xml_node chapters = add(table, "tr", "of-chapters"), steps = add(table, "tr", "of-steps");
  add(chapters, "th");
  add(steps, "th", "", page.say(Word::kHosts));
  const auto& all = page.record.steps;
  for (std::size_t i = band.begin; i < band.end;) {
    std::size_t end = i;
    for (; end < band.end && all[end].chapter == all[i].chapter; ++end) {
      pugi::xml_node head = add(steps, "th", end == i ? "step first" : "step");
      set(head, "title", page.in(all[end].title));
      link(head, anchor_of_step(all[end]), all[end].id);
    }
    pugi::xml_node chapter = add(chapters, "th", "first", all[i].chapter);
    set(chapter, "colspan", std::to_string(end - i));
    i = end;
  }
}

void add_cell(pugi::xml_node row, const Page& page, std::size_t step, const Worst& cell) {
  if (!cell.verdict) {
    add(row, "td");
    return;
  }
  const StepInfo& info = page.step(step);
  pugi::xml_node td = add(row, "td", css_of(cell));
  set(td, "title", info.id + " " + info.name + ": " + html::word_for(cell, page.language));
  const char* sign = sign_of(cell);
  if (cell.cause != Digest::kNone)
    link(td, anchor_of_cause(cell.cause), sign);
  else if (const std::string where = page_of_fixed(page, step);
           cell.verdict == Verdict::kFixed && !where.empty())
    lead(td, where, sign);
  else
    add_text(td, sign);
}

void add_row(pugi::xml_node table, const Page& page, const Band& band, const VerdictRow& row,
             const std::string& leads_to) {
  pugi::xml_node tr = add(table, "tr");
  pugi::xml_node name = add(tr, "th", "host");
  if (leads_to.empty())
    add_text(name, name_of_row(row, kNamesBeforeCells));
  else
    lead(name, leads_to, name_of_row(row, kNamesBeforeCells));
  for (std::size_t step = band.begin; step < band.end; ++step)
    add_cell(tr, page, step, row.steps[step]);
}

// Of groups and the cluster few steps say anything.
bool says_something(const VerdictRow& row, const Band& band) {
  const auto begin = row.steps.begin();
  return std::any_of(begin + static_cast<std::ptrdiff_t>(band.begin),
                     begin + static_cast<std::ptrdiff_t>(band.end),
                     [](const Worst& cell) { return cell.verdict.has_value(); });
}

void add_band(pugi::xml_node section, const Page& page, const Band& band) {
  pugi::xml_node table = add(add(section, "div", "scroll"), "table", "matrix");
  add_head(table, page, band);
  const auto& [hosts, others] = std::tie(page.hosts.hosts, page.hosts.others);
  for (std::size_t i = 0; i < std::min(hosts.size(), HostRows::kShown); ++i)
    add_row(table, page, band, hosts[i], page_of_row(page, i));
  for (std::size_t i = 0; i < std::min(others.size(), HostRows::kShown); ++i)
    if (says_something(others[i], band)) add_row(table, page, band, others[i], "");
}

void add_legend(pugi::xml_node section, const Page& page) {
  pugi::xml_node legend = add(section, "p", "legend");
  for (const auto& [verdict, count] : page.record.counts()) add_badge(legend, page, verdict);
}

}  // namespace

void add_matrix(pugi::xml_node body, const Page& page) {
  pugi::xml_node section = add_section(body, "matrix", page.say(Word::kMatrix));
  std::string note = page.say(Word::kMatrixNote);
  if (page.hosts.folded) note += " " + page.say(Word::kMatrixFolded);
  add(section, "p", "note", note);
  add_legend(section, page);
  for (const Band& band : bands_of(page.record.steps)) add_band(section, page, band);
  add_rest(section, page);
}

}  // namespace touchstone::html
