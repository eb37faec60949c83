#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "reports/clock.h"
#include "reports/facts.h"
#include "reports/html_page.h"
#include "reports/summary.h"

namespace touchstone::html {
namespace {

constexpr double kBar = 240;  // units of the drawing

std::string versions_of(const RunRecord& record, Language language) {
  std::string all;
  for (const auto& [name, version] : record.versions)
    all += (all.empty() ? "" : " · ") + word_for_fact(name, language) + " " + version;
  return all;
}

void add_facts(pugi::xml_node header, const Page& page) {
  const RunRecord& record = page.record;
  pugi::xml_node list = add(header, "dl", "facts");
  add_fact(list, page.say(Word::kProfile), record.profile);
  add_fact(list, page.say(Word::kHosts),
           fmt::format("{} · {} {}", record.hosts.size(), npus_of(record), page.say(Word::kNpus)));
  add_fact(list, page.say(Word::kStarted), utc(record.started));
  add_fact(list, page.say(Word::kDuration), duration_of(record));
  add_fact(list, page.say(Word::kWho), record.operator_);
  add_fact(list, page.say(Word::kVersions), versions_of(record, page.language));
  add_fact(list, page.say(Word::kQuestions),
           fmt::format("{} · {} {}", record.questions, record.answers, page.say(Word::kAnswered)));
  add_fact(list, page.say(Word::kSelection), record.selection);
  add_fact(list, page.say(Word::kTool),
           record.tool_version + (record.replayed ? " · " + page.say(Word::kReplayed) : ""));
  add_fact(list, page.say(Word::kCommand), record.command, "wide");
}

// Lines to sign on; only print shows them.
void add_signatures(pugi::xml_node header, const Page& page) {
  pugi::xml_node lines = add(header, "div", "signatures");
  for (Word who : {Word::kHandedOverBy, Word::kAcceptedBy}) {
    pugi::xml_node side = add(lines, "div");
    add(side, "b", "", page.say(who));
    for (Word what : {Word::kName, Word::kSignature, Word::kDate})
      add(side, "p", "", page.say(what));
  }
}

using Counts = std::map<Verdict, std::size_t>;

// A bar drawn with plain attributes: the page may not carry style.
void add_bar(pugi::xml_node cell, const Counts& counts) {
  std::size_t all = 0;
  for (const auto& [verdict, count] : counts) all += count;
  pugi::xml_node drawing = add(cell, "svg", "bar");
  set(drawing, "viewBox", fmt::format("0 0 {} 10", kBar));
  set(drawing, "preserveAspectRatio", "none");
  set(drawing, "aria-hidden", "true");
  double at = 0;
  for (const auto& [verdict, count] : counts) {
    const double width =
        kBar * static_cast<double>(count) / static_cast<double>(std::max<std::size_t>(all, 1));
    pugi::xml_node part = add(drawing, "rect", css_of(verdict));
    set(part, "x", fmt::format("{:.2f}", at));
    set(part, "width", fmt::format("{:.2f}", width));
    set(part, "height", "10");
    at += width;
  }
}

}  // namespace

void add_fact(pugi::xml_node list, std::string_view name, const std::string& value,
              const char* css) {
  if (value.empty()) return;
  pugi::xml_node pair = add(list, "div", css);
  add(pair, "dt", "", name);
  add(pair, "dd", "", shortened(value));
}

void add_banner(pugi::xml_node body, const Page& page) {
  if (!page.record.simulated) return;
  pugi::xml_node banner = add(body, "p", "simulated");
  add(banner, "strong", "",
      page.say(Word::kSimulated) + (page.language == Language::kZh ? " (SIMULATED)" : ""));
  add_text(banner, " " + page.say(Word::kSimulatedNote));
}

void add_front(pugi::xml_node body, const Page& page) {
  const RunRecord& record = page.record;
  pugi::xml_node header = add(body, "header", "front");
  const Verdict verdict = record.verdict();
  pugi::xml_node heading = add(header, "h1");
  add_text(heading, page.say(Word::kReport));
  add(heading, "small", "", page.say(Word::kCluster) + " " + record.cluster);
  pugi::xml_node box = add(header, "p", (std::string("verdict ") + css_of(verdict)).c_str());
  add(box, "span", "sign", sign_of(verdict));
  add(box, "strong", "", page.say(verdict_word(record)));
  add(box, "span", "counts", counts_line(record.counts(), page.digest.not_run, page.language));
  if (const std::size_t flaky = flaky_of(record); flaky > 0)
    add(header, "p", "notice", fmt::format("{} {}", flaky, page.say(Word::kFlaky)));
  if (!record.complete)
    add(header, "p", "notice",
        fmt::format("{} {} {}", page.say(Word::kNotComplete), page.digest.not_run,
                    page.say(Word::kPendingResults)));
  add_changes_summary(header, page);
  add_facts(header, page);
  add_first_causes(header, page);
  add_signatures(header, page);
}

void add_chapters(pugi::xml_node body, const Page& page) {
  std::map<std::string, Counts> counts;
  std::map<std::string, std::size_t> pending;
  for (const StepResult& result : page.record.results) {
    const std::string& chapter = page.step(result.step).chapter;
    ++counts[chapter][result.verdict];
    pending[chapter] += not_run(page.record, result);
  }
  pugi::xml_node section = add_section(body, "chapters", page.say(Word::kChapters));
  pugi::xml_node table = add(section, "table", "chapters");
  for (const ChapterInfo& chapter : page.record.chapters) {
    pugi::xml_node row = add(table, "tr");
    pugi::xml_node name = add(row, "th");
    link(name, "ch-" + chapter.id, chapter.id);
    add_text(name, " " + page.in(chapter.title));
    add_bar(add(row, "td", "drawn"), counts[chapter.id]);
    add(row, "td", "", counts_line(counts[chapter.id], pending[chapter.id], page.language));
  }
}

}  // namespace touchstone::html
