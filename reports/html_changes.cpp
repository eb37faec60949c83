#include <algorithm>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "reports/clock.h"
#include "reports/html_page.h"
#include "reports/repairs.h"

namespace touchstone::html {
namespace {

// What keeps the page within some megabytes however much was changed; run.json has all of it.
constexpr std::size_t kChanges = 2000;
constexpr std::size_t kOpen = 60;         // with fewer changes than these nothing is folded
constexpr std::size_t kLines = 200;       // of one change
constexpr std::size_t kAllLines = 30000;  // of all changes
constexpr std::size_t kLineBytes = 500;   // bytes
constexpr std::size_t kState = 1000;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

const char* css_of_line(std::string_view line, bool difference) {
  if (!difference) return "line";
  if (line.starts_with("--- ") || line.starts_with("+++ ") || line.starts_with("@@")) return "at";
  if (line.starts_with('+')) return "more";
  return line.starts_with('-') ? "less" : "line";
}

// Line by line, so that a difference can be coloured without script or style. Returns how many
// lines it took.
std::size_t add_lines(pugi::xml_node parent, const Page& page, std::string_view text,
                      std::size_t room) {
  const bool difference = text.starts_with("--- ");
  pugi::xml_node pre = add(parent, "pre", difference ? "diff" : "command");
  const std::size_t most = std::min(room, kLines);
  std::size_t shown = 0, left = 0;
  for (const std::string_view line : lines_of(text)) {
    if (shown == most) {
      ++left;
      continue;
    }
    ++shown;
    add(pre, "span", css_of_line(line, difference), shortened(line, kLineBytes) + "\n");
  }
  if (left != 0) add(parent, "p", "none", fmt::format("{} {}", left, page.say(Word::kMoreLines)));
  return shown;
}

void add_pair(pugi::xml_node list, std::string_view name, const std::string& value) {
  if (value.empty()) return;
  add(list, "dt", "", name);
  add(list, "dd", "", shortened(value));
}

void add_state(pugi::xml_node list, std::string_view name, const std::string& value) {
  if (value.empty()) return;
  add(list, "dt", "", name);
  add(list, "dd", "value", shortened(value, kState));
}

// A tool that tells the state tells much besides: what is the same before and after at the begin
// and at the end is left out.
void add_states(pugi::xml_node list, const Page& page, const Repair& repair) {
  const auto was = lines_of(repair.was), is = lines_of(repair.is);
  const std::size_t both = std::min(was.size(), is.size());
  std::size_t head = 0, tail = 0;
  while (head < both && was[head] == is[head]) ++head;
  while (tail < both - head && was[was.size() - 1 - tail] == is[is.size() - 1 - tail]) ++tail;
  // A line or two explain the others.
  const bool cut = head + tail > 2 && head + tail < both;
  const auto part = [&](const std::vector<std::string_view>& lines, const std::string& whole) {
    if (!cut) return whole;
    const auto alike = [&](std::size_t count) {
      return count == 0 ? "" : fmt::format("… {}: {}\n", page.say(Word::kLinesAlike), count);
    };
    std::string text = alike(head);
    for (std::size_t i = head; i < lines.size() - tail; ++i) text += std::string(lines[i]) + "\n";
    text += alike(tail);
    text.pop_back();
    return text;
  };
  add_state(list, page.say(Word::kBefore), part(was, repair.was));
  add_state(list, page.say(Word::kAfter), part(is, repair.is));
}

void add_outcome(pugi::xml_node parent, const Page& page, const std::string& outcome,
                 std::size_t count = 0) {
  const Verdict like = likeness_of_outcome(outcome);
  pugi::xml_node badge = add(parent, "span", (std::string("badge ") + css_of(like)).c_str());
  const std::string number = count == 0 ? "" : fmt::format("{} ", count);
  add_text(badge,
           fmt::format("{} {}{}", sign_of(like), number, word_for_outcome(outcome, page.language)));
}

void add_steps_of(pugi::xml_node parent, const Page& page, const Repair& repair) {
  for (const std::string& id : repair.steps) {
    if (&id != &repair.steps.front()) add_text(parent, ", ");
    const auto& steps = page.record.steps;
    const bool there = std::any_of(steps.begin(), steps.end(),
                                   [&](const StepInfo& step) { return step.id == id; });
    if (there)
      lead(parent, "index.html#s-" + id, id);
    else
      add(parent, "span", "absent", id);
  }
}

std::size_t add_change(pugi::xml_node article, const Page& page, const Repair& repair, bool open,
                       std::size_t room) {
  pugi::xml_node details = add(article, "details", "change");
  set(details, "id", fmt::format("r-{}", repair.id));
  const std::size_t trouble = place_of_outcome("undone");
  if (open || place_of_outcome(repair.outcome) < trouble) set(details, "open", "open");
  pugi::xml_node summary = add(details, "summary");
  add(summary, "b", "", fmt::format("{}.", repair.id));
  add_text(summary, " ");
  add_outcome(summary, page, repair.outcome);
  add_text(summary, " " + shortened(page.in(repair.what), kLineBytes));
  const std::size_t lines = add_lines(details, page, repair.change, room);
  pugi::xml_node list = add(details, "dl", "advice");
  add(list, "dt", "", page.say(Word::kRepairs));
  add_steps_of(add(list, "dd"), page, repair);
  add_pair(list, page.say(Word::kRisk), std::string(word_for(repair.risk, page.language)));
  add_pair(
      list, page.say(Word::kInterrupts),
      repair.interrupts.empty() ? page.say(Word::kNothingInterrupted) : page.in(repair.interrupts));
  add_pair(list, page.say(Word::kWhyNot), page.in(repair.why));
  if (repair.round > 1) add_pair(list, page.say(Word::kRound), std::to_string(repair.round));
  add_states(list, page, repair);
  add_state(list, page.say(Word::kUndo), repair.undo == "-" ? "" : repair.undo);
  return lines;
}

void add_undo(pugi::xml_node list, const Page& page, const std::string& command) {
  if (command.empty()) return;
  add(list, "dt", "", page.say(Word::kTakeBack));
  add(add(list, "dd"), "code", "command", shortened(command));
}

std::string anchor_of_change(std::size_t first) {
  return "h-" + std::to_string(first + 1);
}

void add_name(pugi::xml_node heading, const Page& page, const std::string& host) {
  const auto& hosts = page.record.hosts;
  const auto at = std::find_if(hosts.begin(), hosts.end(),
                               [&](const HostInfo& one) { return one.name == host; });
  if (at == hosts.end())
    add_text(heading, shortened(host));
  else
    lead(heading, page.hosts.files[static_cast<std::size_t>(at - hosts.begin())], shortened(host));
}

void add_outcomes(pugi::xml_node header, const Page& page) {
  pugi::xml_node list = add(header, "dl", "outcomes");
  for (const auto& [outcome, count] : outcomes_of(page.record)) {
    add_outcome(add(list, "dt"), page, outcome, count);
    add(list, "dd", "", meaning_of_outcome(outcome, page.language));
  }
}

void add_head(pugi::xml_node body, const Page& page) {
  const RunRecord& record = page.record;
  pugi::xml_node header = add(body, "header");
  pugi::xml_node heading = add(header, "h1");
  add_text(heading, page.say(Word::kChanges));
  add(heading, "small", "", page.say(Word::kCluster) + " " + record.cluster);
  add_outcomes(header, page);
  if (const std::size_t broken = broken_by_fix(record); broken != 0)
    lead(add(header, "p", "notice"), "index.html#causes",
         fmt::format("{}: {}", page.say(Word::kBrokeNote), broken));
  pugi::xml_node list = add(header, "dl", "facts");
  add_fact(list, page.say(Word::kStarted), utc(record.started));
  add_fact(list, page.say(Word::kWho), record.operator_);
  add_fact(list, page.say(Word::kCommand), record.command, "wide");
  pugi::xml_node commands = add(header, "dl", "advice");
  if (!record.journal.empty()) {
    add(commands, "dt", "", page.say(Word::kJournal));
    add(add(commands, "dd"), "code", "command", shortened(record.journal));
  }
  add_undo(commands, page, undo_command(record));
}

}  // namespace

void add_changes(pugi::xml_node body, const Page& page) {
  add_head(body, page);
  pugi::xml_node nav = add(body, "nav");
  lead(nav, "index.html", page.say(Word::kToReport));
  if (!page.digest.repaired.empty()) link(nav, "fixed", page.say(Word::kFixedSteps));
  if (page.record.repairs.empty()) return;
  pugi::xml_node section = add_section(body, "changes", page.say(Word::kHosts));
  add(section, "p", "note", page.say(Word::kChangesNote));
  std::vector<pugi::xml_node> articles;
  std::map<std::string, std::size_t> known;
  const auto& repairs = page.record.repairs;
  std::size_t room = kAllLines;
  for (std::size_t i = 0; i < std::min(repairs.size(), kChanges); ++i) {
    const auto [at, fresh] = known.try_emplace(repairs[i].host, articles.size());
    if (fresh) {
      pugi::xml_node article = add(section, "article", "changes");
      set(article, "id", anchor_of_change(i));
      add_name(add(article, "h3"), page, repairs[i].host);
      add_undo(add(article, "dl", "advice"), page, undo_command(page.record, repairs[i].host));
      articles.push_back(article);
    }
    room -= add_change(articles[at->second], page, repairs[i], repairs.size() <= kOpen, room);
  }
  if (repairs.size() > kChanges)
    add(section, "p", "none",
        fmt::format("{} {}", repairs.size() - kChanges, page.say(Word::kMoreChanges)));
}

std::string page_of_changes(const Page& page, const std::string& host) {
  const auto& repairs = page.record.repairs;
  for (std::size_t i = 0; i < std::min(repairs.size(), kChanges); ++i)
    if (repairs[i].host == host) return "changes.html#" + anchor_of_change(i);
  return "";
}

void add_changes_summary(pugi::xml_node header, const Page& page) {
  if (!has_changes(page)) return;
  pugi::xml_node line = add(header, "p", "changes");
  lead(line, "changes.html", page.say(Word::kChanges));
  add_text(line, " ");
  for (const auto& [outcome, count] : outcomes_of(page.record)) {
    add_outcome(line, page, outcome, count);
    add_text(line, " ");
  }
  if (const std::size_t broken = broken_by_fix(page.record); broken != 0)
    link(add(header, "p", "notice"), "causes",
         fmt::format("{}: {}", page.say(Word::kBrokeNote), broken));
}

}  // namespace touchstone::html
