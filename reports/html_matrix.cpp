#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>

#include <fmt/format.h>

#include "harness/model/fold.h"
#include "reports/html_page.h"

namespace touchstone::html {
namespace {

constexpr std::size_t kFoldAbove =
    200;  // hosts: a longer table is not read, and a browser draws it slowly
constexpr std::size_t kRows = 200;

struct Cell {
  std::optional<Verdict> verdict;
  bool pending = false;
  std::size_t cause = Digest::kNone;
};

struct Row {
  std::vector<std::string> names;
  std::vector<Cell> cells;
  Verdict worst = Verdict::kNotSelected;
};

std::string row_of(const Target& target) {
  return target.host.empty() ? target.str() : target.host;
}

class Rows {
 public:
  explicit Rows(const Page& page) : page_(page) {
    for (const HostInfo& host : page.record.hosts) row(host.name);
    for (std::size_t i = 0; i < page.record.results.size(); ++i) note(i);
  }

  std::vector<Row> hosts() const {
    const auto end = rows_.begin() + static_cast<std::ptrdiff_t>(page_.record.hosts.size());
    std::vector<Row> hosts(rows_.begin(), end);
    return hosts.size() > kFoldAbove ? folded(std::move(hosts)) : hosts;
  }
  std::vector<Row> others() const {
    return {rows_.begin() + static_cast<std::ptrdiff_t>(page_.record.hosts.size()), rows_.end()};
  }

 private:
  Row& row(const std::string& name) {
    auto [at, fresh] = at_.try_emplace(name, rows_.size());
    if (fresh) rows_.push_back({{name}, std::vector<Cell>(page_.record.steps.size())});
    return rows_[at->second];
  }

  void note(std::size_t i) {
    const StepResult& result = page_.record.results[i];
    Row& of = row(row_of(result.target));
    Cell& cell = of.cells.at(result.step);
    of.worst = std::min(of.worst, result.verdict);
    if (cell.verdict && *cell.verdict <= result.verdict) return;
    cell = {result.verdict, not_run(page_.record, result), page_.digest.cause_of[i]};
  }

  // Worst first; rows with the same verdicts become one.
  static std::vector<Row> folded(std::vector<Row> rows) {
    std::vector<Row> unequal;
    std::map<std::vector<int>, std::size_t> known;
    for (Row& row : rows) {
      std::vector<int> key;
      for (const Cell& cell : row.cells)
        key.push_back(cell.verdict ? static_cast<int>(*cell.verdict) : -1);
      auto [at, fresh] = known.try_emplace(std::move(key), unequal.size());
      if (fresh)
        unequal.push_back(std::move(row));
      else
        unequal[at->second].names.push_back(row.names.front());
    }
    std::stable_sort(unequal.begin(), unequal.end(),
                     [](const Row& a, const Row& b) { return a.worst < b.worst; });
    return unequal;
  }

  const Page& page_;
  std::vector<Row> rows_;
  std::unordered_map<std::string, std::size_t> at_;
};

void add_head(pugi::xml_node table, const Page& page) {
  pugi::xml_node chapters = add(table, "tr", "of-chapters"), steps = add(table, "tr", "of-steps");
  add(chapters, "th");
  add(steps, "th", "", page.say(Word::kHosts));
  const auto& all = page.record.steps;
  for (std::size_t i = 0; i < all.size();) {
    std::size_t end = i;
    for (; end < all.size() && all[end].chapter == all[i].chapter; ++end) {
      pugi::xml_node head = add(steps, "th", end == i ? "step first" : "step");
      set(head, "title", page.in(all[end].title));
      link(head, anchor_of_step(all[end]), all[end].id);
    }
    pugi::xml_node chapter = add(chapters, "th", "first", all[i].chapter);
    set(chapter, "colspan", std::to_string(end - i));
    i = end;
  }
}

void add_cell(pugi::xml_node row, const Page& page, std::size_t step, const Cell& cell) {
  if (!cell.verdict) {
    add(row, "td");
    return;
  }
  const StepInfo& info = page.step(step);
  const Verdict verdict = *cell.verdict;
  pugi::xml_node td = add(row, "td", cell.pending ? "off" : css_of(verdict));
  const std::string what =
      cell.pending ? page.say(Word::kNotRun) : std::string(word_for(verdict, page.language));
  set(td, "title", info.id + " " + info.name + ": " + what);
  const char* sign = cell.pending ? "…" : sign_of(verdict);
  if (cell.cause != Digest::kNone)
    link(td, anchor_of_cause(cell.cause), sign);
  else if (const std::string where = page_of_fixed(page, step);
           verdict == Verdict::kFixed && !where.empty())
    lead(td, where, sign);
  else
    add_text(td, sign);
}

void add_row(pugi::xml_node table, const Page& page, const Row& row) {
  pugi::xml_node tr = add(table, "tr");
  pugi::xml_node name = add(tr, "th", "host");
  const std::string folded = shortened(fold_names(row.names));
  const std::string anchor = row.names.size() == 1 ? anchor_of_host(page, row.names.front()) : "";
  if (anchor.empty())
    add_text(name,
             row.names.size() == 1 ? folded : fmt::format("{} ({})", folded, row.names.size()));
  else
    link(name, anchor, folded);
  for (std::size_t step = 0; step < row.cells.size(); ++step)
    add_cell(tr, page, step, row.cells[step]);
}

void add_legend(pugi::xml_node section, const Page& page) {
  pugi::xml_node legend = add(section, "p", "legend");
  for (const auto& [verdict, count] : page.record.counts()) add_badge(legend, page, verdict);
}

}  // namespace

void add_matrix(pugi::xml_node body, const Page& page) {
  pugi::xml_node section = add_section(body, "matrix", page.say(Word::kMatrix));
  const Rows rows(page);
  const auto hosts = rows.hosts();
  std::string note = page.say(Word::kMatrixNote);
  if (hosts.size() < page.record.hosts.size()) note += " " + page.say(Word::kMatrixFolded);
  add(section, "p", "note", note);
  add_legend(section, page);
  pugi::xml_node table = add(add(section, "div", "scroll"), "table", "matrix");
  add_head(table, page);
  std::size_t left = 0;
  for (std::size_t i = 0; i < hosts.size(); ++i)
    if (i < kRows)
      add_row(table, page, hosts[i]);
    else
      left += hosts[i].names.size();
  for (const Row& row : rows.others()) add_row(table, page, row);
  if (left != 0) add(section, "p", "none", fmt::format("{} {}", left, page.say(Word::kFoldedRows)));
}

}  // namespace touchstone::html
