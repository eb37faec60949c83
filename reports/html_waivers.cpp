#include <algorithm>

#include <fmt/format.h>

#include "harness/model/fold.h"
#include "reports/html_page.h"

namespace touchstone::html {
namespace {

constexpr std::size_t kMostWaivers = 200;  // waivers
constexpr std::size_t kFindings = 20;      // different ones of a waiver

const char* css_of_use(WaiverUse::State state) {
  switch (state) {
    case WaiverUse::State::kInForce:
      return "badge waived";
    case WaiverUse::State::kExpired:
      return "badge fail";
    case WaiverUse::State::kNotNeeded:
    case WaiverUse::State::kMatchesNothing:
      return "badge error";
    case WaiverUse::State::kNotJudged:
      return "badge off";
  }
  return "badge off";
}

struct Waived {
  std::string step, expected, actual;
  std::vector<std::string> targets;
};

// What is waived is a finding still: equal ones are told once.
std::vector<Waived> waived_by(const Page& page, int waiver) {
  std::vector<Waived> all;
  for (const StepResult& result : page.record.results) {
    if (result.verdict != Verdict::kWaived || result.waiver != waiver) continue;
    for (const Finding& finding : result.findings) {
      const std::string& id = page.step(result.step).id;
      const std::string &expected = page.in(finding.expected), &actual = page.in(finding.actual);
      auto at = std::find_if(all.begin(), all.end(), [&](const Waived& one) {
        return one.step == id && one.expected == expected && one.actual == actual;
      });
      if (at == all.end()) at = all.insert(all.end(), {id, expected, actual, {}});
      at->targets.push_back(finding.target.empty() ? result.target.str() : finding.target);
    }
  }
  return all;
}

void add_findings(pugi::xml_node article, const Page& page, int waiver) {
  const std::vector<Waived> all = waived_by(page, waiver);
  if (all.empty()) return;
  pugi::xml_node table = add(article, "table", "seen");
  pugi::xml_node head = add(table, "tr");
  for (Word one : {Word::kStep, Word::kWhere, Word::kExpected, Word::kActual})
    add(head, "th", "", page.say(one));
  for (std::size_t i = 0; i < std::min(all.size(), kFindings); ++i) {
    pugi::xml_node row = add(table, "tr");
    lead(add(row, "td"), page.at_home("s-" + all[i].step), all[i].step);
    add(row, "td", "targets", shortened(fold_names(all[i].targets)));
    add(add(row, "td"), "span", "value", shortened(all[i].expected));
    add(add(row, "td"), "span", "value", shortened(all[i].actual));
  }
  if (all.size() > kFindings)
    add(article, "p", "none", fmt::format("{} {}", all.size() - kFindings, page.say(Word::kMore)));
}

void add_waiver(pugi::xml_node section, const Page& page, std::size_t index) {
  const WaiverUse& use = page.record.waivers[index];
  pugi::xml_node article = add(section, "article", "waiver");
  pugi::xml_node heading = add(article, "h3");
  add(heading, "span", css_of_use(use.state), word_for(use.state, page.language));
  add_text(heading, shortened(fmt::format(" {} · {}", fmt::join(use.waiver.steps, ", "),
                                          fmt::join(use.waiver.targets, ", "))));
  pugi::xml_node list = add(article, "dl", "advice");
  const auto fact = [&](Word name, const std::string& value) {
    add(list, "dt", "", page.say(name));
    add(list, "dd", "", shortened(value));
  };
  fact(Word::kJustification, use.waiver.justification);
  fact(Word::kApprover, use.waiver.approver);
  fact(Word::kUntil, use.waiver.expires);
  fact(Word::kWhere,
       fmt::format("{} · {} {}", use.waiver.place, use.results, page.say(Word::kResults)));
  add_findings(article, page, static_cast<int>(index));
}

}  // namespace

void add_waivers(pugi::xml_node body, const Page& page) {
  const auto& waivers = page.record.waivers;
  if (waivers.empty()) return;
  pugi::xml_node section = add_section(body, "waivers", page.say(Word::kWaivers));
  add(section, "p", "note", page.say(Word::kWaiversNote));
  for (std::size_t i = 0; i < std::min(waivers.size(), kMostWaivers); ++i)
    add_waiver(section, page, i);
  if (waivers.size() > kMostWaivers)
    add(section, "p", "none",
        fmt::format("{} {}", waivers.size() - kMostWaivers, page.say(Word::kMore)));
}

}  // namespace touchstone::html
