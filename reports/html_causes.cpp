#include <algorithm>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "harness/model/fold.h"
#include "reports/html_page.h"
#include "reports/summary.h"

namespace touchstone::html {
namespace {

// What keeps the page within some megabytes however much is wrong; run.json has all of it.
constexpr std::size_t kCauses = 300;
constexpr std::size_t kFirst = 8;      // on the first page
constexpr std::size_t kSeen = 40;      // different observations of one cause
constexpr std::size_t kExhibits = 16;  // of one cause
constexpr std::size_t kAllExhibits = 800;
constexpr std::size_t kStream = 4096;

void add_stream(pugi::xml_node figure, const char* css, const char* name,
                const std::string& stream) {
  if (stream.empty()) return;
  pugi::xml_node pre = add(figure, "pre", css);
  set(pre, "data-stream", name);
  add_text(pre, shortened(stream, kStream));
}

std::vector<const Exhibit*> exhibits_of(const Page& page, const Cause& cause) {
  std::vector<const Exhibit*> all;
  std::set<std::tuple<std::string, int, std::string>> known;
  for (const Observation& seen : cause.seen)
    for (std::size_t result : seen.results)
      for (const Exhibit& exhibit : page.record.results[result].exhibits)
        if (known.insert({exhibit.host, exhibit.npu, exhibit.question}).second)
          all.push_back(&exhibit);
  return all;
}

std::size_t add_evidence(pugi::xml_node article, const Page& page, const Cause& cause,
                         std::size_t room, bool open) {
  const auto all = exhibits_of(page, cause);
  const std::size_t shown = std::min({all.size(), kExhibits, room});
  if (shown == 0) return 0;
  pugi::xml_node details = add(article, "details", "evidence");
  if (open) set(details, "open", "open");
  add(details, "summary", "", fmt::format("{} ({})", page.say(Word::kEvidence), all.size()));
  for (std::size_t i = 0; i < shown; ++i) add_exhibit(details, page, *all[i]);
  if (shown < all.size())
    add(details, "p", "none", fmt::format("{} {}", all.size() - shown, page.say(Word::kMore)));
  return shown;
}

void add_seen(pugi::xml_node article, const Page& page, const Cause& cause) {
  const bool errors = std::all_of(cause.seen.begin(), cause.seen.end(),
                                  [](const Observation& o) { return !o.reason.empty(); });
  pugi::xml_node table = add(article, "table", "seen");
  pugi::xml_node head = add(table, "tr");
  add(head, "th", "", page.say(Word::kWhere));
  if (errors) {
    add(head, "th", "", page.say(Word::kReason));
  } else {
    add(head, "th", "", page.say(Word::kExpected));
    add(head, "th", "", page.say(Word::kActual));
  }
  for (std::size_t i = 0; i < std::min(cause.seen.size(), kSeen); ++i) {
    const Observation& seen = cause.seen[i];
    pugi::xml_node row = add(table, "tr");
    add(row, "td", "targets", shortened(fold_names(seen.targets)));
    if (!seen.reason.empty()) {
      pugi::xml_node cell = add(row, "td", "", shortened(page.in(seen.reason)));
      if (!errors) set(cell, "colspan", "2");
      continue;
    }
    add(add(row, "td"), "span", "value", shortened(page.in(seen.expected)));
    pugi::xml_node actual = add(row, "td");
    add(actual, "span", "value", shortened(page.in(seen.actual)));
    if (!seen.excerpt.empty()) add(actual, "pre", "excerpt", shortened(seen.excerpt));
  }
  if (cause.seen.size() > kSeen)
    add(article, "p", "none",
        fmt::format("{} {}", cause.seen.size() - kSeen, page.say(Word::kMoreTargets)));
}

void add_advice(pugi::xml_node article, const Page& page, const Cause& cause) {
  if (cause.why.empty() && cause.next.empty() && cause.command.empty()) return;
  pugi::xml_node list = add(article, "dl", "advice");
  if (!cause.why.empty()) {
    add(list, "dt", "", page.say(Word::kWhy));
    add(list, "dd", "", shortened(page.in(cause.why)));
  }
  if (cause.next.empty() && cause.command.empty()) return;
  add(list, "dt", "", page.say(Word::kNext));
  pugi::xml_node next = add(list, "dd", "", shortened(page.in(cause.next)));
  if (!cause.command.empty())
    add(next, "code", "command", command_for(cause.command, cause.all_targets()));
}

std::size_t add_cause(pugi::xml_node section, const Page& page, std::size_t index, std::size_t room,
                      bool open) {
  const Cause& cause = page.digest.causes[index];
  const StepInfo& step = page.step(cause.step);
  pugi::xml_node article =
      add(section, "article", (std::string("cause ") + css_of(cause.verdict)).c_str());
  set(article, "id", anchor_of_cause(index));
  pugi::xml_node heading = add(article, "h3");
  add_badge(heading, page, cause.verdict);
  if (cause.broke) {
    add_text(heading, " ");
    add(heading, "span", "badge broke", page.say(Word::kBroke));
  }
  add_text(heading, " ");
  lead(heading, page.at_home(anchor_of_step(step)), step.id);
  add_text(heading, " " + page.in(step.title));
  if (cause.explains != 0)
    add(article, "p", "explains",
        fmt::format("{} {} {}", page.say(Word::kExplains), cause.explains,
                    page.say(Word::kResults)));
  add_seen(article, page, cause);
  add_advice(article, page, cause);
  return add_evidence(article, page, cause, room, open);
}

void add_all(pugi::xml_node section, const Page& page, bool open) {
  const auto& causes = page.digest.causes;
  if (causes.empty()) {
    if (page.digest.not_run == 0) add(section, "p", "calm", page.say(Word::kNothingFound));
    return;
  }
  std::size_t room = kAllExhibits;
  for (std::size_t i = 0; i < std::min(causes.size(), kCauses); ++i)
    room -= add_cause(section, page, i, room, open);
  if (causes.size() > kCauses)
    add(section, "p", "none", fmt::format("{} {}", causes.size() - kCauses, page.say(Word::kMore)));
}

}  // namespace

void add_exhibit(pugi::xml_node parent, const Page& page, const Exhibit& exhibit) {
  const Answer& answer = exhibit.answer;
  pugi::xml_node figure = add(parent, "figure");
  pugi::xml_node caption = add(figure, "figcaption");
  add(caption, "b", "", exhibit.question);
  std::string text =
      fmt::format(" {} {} · {} · {} {:.3f} s", page.say(Word::kAskedOn),
                  Target{.host = exhibit.host, .npu = exhibit.npu}.str(),
                  how_it_ended(answer, page.language), page.say(Word::kTook), answer.seconds);
  if (answer.cut || answer.out.size() > kStream || answer.err.size() > kStream)
    text += " · " + page.say(Word::kCut);
  add_text(caption, text);
  if (!answer.command.empty()) add(figure, "pre", "command", "$ " + shortened(answer.command));
  add_stream(figure, "out", "stdout", answer.out);
  add_stream(figure, "err", "stderr", answer.err);
  if (answer.out.empty() && answer.err.empty()) add(figure, "p", "none", page.say(Word::kNoOutput));
}

void add_causes(pugi::xml_node body, const Page& page) {
  add_all(add_section(body, "causes", page.say(Word::kCauses)), page, false);
}

void add_findings(pugi::xml_node body, const Page& page) {
  add_all(add_section(body, "causes", page.say(Word::kFindings)), page, true);
}

void add_first_causes(pugi::xml_node header, const Page& page) {
  const auto& causes = page.digest.causes;
  if (causes.empty()) return;
  add(header, "h4", "", page.say(Word::kCauses));
  pugi::xml_node list = add(header, "ol", "first");
  for (std::size_t i = 0; i < std::min(causes.size(), kFirst); ++i) {
    const Cause& cause = causes[i];
    pugi::xml_node line = add(list, "li");
    add_badge(line, page, cause.verdict);
    add_text(line, " ");
    link(line, anchor_of_cause(i),
         page.step(cause.step).id + " " + page.in(page.step(cause.step).title));
    add_text(line, " · ");
    add(line, "span", "targets", shortened(fold_names(cause.all_targets()), 90));
    if (cause.explains != 0)
      add_text(line, fmt::format(" · {} {} {}", page.say(Word::kExplains), cause.explains,
                                 page.say(Word::kResults)));
  }
  if (causes.size() > kFirst)
    link(add(header, "p", "none"), "causes",
         fmt::format("{} {}", causes.size() - kFirst, page.say(Word::kFurther)));
}

void add_blocked(pugi::xml_node body, const Page& page) {
  if (page.digest.blockages.empty()) return;
  pugi::xml_node section = add_section(body, "blocked", page.say(Word::kBlockedBy));
  pugi::xml_node table = add(section, "table", "seen blocks");
  for (const Blockage& blockage : page.digest.blockages) {
    pugi::xml_node row = add(table, "tr");
    lead(add(row, "th"), page.at_home("s-" + blockage.step), blockage.step);
    add(row, "td", "targets", shortened(fold_names(blockage.on)));
    pugi::xml_node cell =
        add(row, "td", "", fmt::format("{} {}: ", blockage.results, page.say(Word::kResults)));
    for (std::size_t step : blockage.blocked) {
      if (cell.child("a")) add_text(cell, ", ");
      lead(cell, page.at_home(anchor_of_step(page.step(step))), page.step(step).id);
    }
  }
}

}  // namespace touchstone::html
