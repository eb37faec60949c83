#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "reports/clock.h"
#include "reports/facts.h"
#include "reports/html_page.h"
#include "reports/summary.h"

namespace touchstone::html {
namespace {

Worst worst_of(const RunRecord& record) {
  Worst worst;
  for (const StepResult& result : record.results)
    worst.note(result.verdict, not_run(record, result), Digest::kNone);
  return worst;
}

void add_head(pugi::xml_node body, const Page& page, const HostInfo& host,
              const std::string& changes) {
  const RunRecord& record = page.record;
  pugi::xml_node header = add(body, "header");
  pugi::xml_node heading = add(header, "h1");
  add_text(heading, shortened(host.name, 300));
  add(heading, "small", "", page.say(Word::kCluster) + " " + record.cluster);
  const Worst worst = worst_of(record);
  pugi::xml_node box = add(header, "p", (std::string("verdict ") + css_of(worst)).c_str());
  add(box, "span", "sign", sign_of(worst));
  add(box, "strong", "", html::word_for(worst, page.language));
  add(box, "span", "counts", counts_line(record.counts(), page.digest.not_run, page.language));
  if (host.state != "answered" && !host.detail.empty())
    add(header, "pre", "err", shortened(page.in(host.detail)));
  if (!changes.empty())
    lead(add(header, "p", "changes"), changes,
         fmt::format("{} ({})", page.say(Word::kChanges), record.repairs.size()));
  pugi::xml_node list = add(header, "dl", "facts");
  add_fact(list, page.say(Word::kAddress), host.address);
  add_fact(list, page.say(Word::kGroup),
           host.master ? host.group + " · " + page.say(Word::kMaster) : host.group);
  add_fact(list, page.say(Word::kState), word_for_state(host.state, page.language));
  add_fact(list, page.say(Word::kVisit),
           host.seconds > 0 ? fmt::format("{:.1f} s", host.seconds) : "");
  add_fact(list, page.say(Word::kStarted), utc(record.started));
}

// Every step of this host by its verdict: what is good takes one line.
void add_verdicts(pugi::xml_node body, const Page& page) {
  std::map<std::size_t, Worst> steps;
  for (const StepResult& result : page.record.results)
    steps[result.step].note(result.verdict, not_run(page.record, result), Digest::kNone);
  std::map<std::pair<bool, Verdict>, std::vector<std::size_t>> by_verdict;
  for (const auto& [step, worst] : steps)
    by_verdict[{worst.pending, *worst.verdict}].push_back(step);
  if (by_verdict.empty()) return;
  pugi::xml_node section = add_section(body, "verdicts", page.say(Word::kSteps));
  pugi::xml_node table = add(section, "table", "seen verdicts");
  for (const auto& [what, ids] : by_verdict) {
    pugi::xml_node row = add(table, "tr");
    add_badge(add(row, "th"), page, Worst{what.second, what.first});
    pugi::xml_node cell = add(row, "td");
    for (std::size_t step : ids) {
      if (step != ids.front()) add_text(cell, " ");
      const std::string fixed = what.second == Verdict::kFixed ? page_of_fixed(page, step) : "";
      set(lead(cell, fixed.empty() ? page.at_home(anchor_of_step(page.step(step))) : fixed,
               page.step(step).id),
          "title", page.in(page.step(step).title));
    }
  }
}

// What the host answered of its versions and its configuration: for whoever keeps this page.
void add_configuration(pugi::xml_node body, const Page& page, const HostInfo& host) {
  if (host.facts.empty()) return;
  pugi::xml_node section = add_section(body, "configuration", page.say(Word::kConfiguration));
  pugi::xml_node details = add(section, "details");
  add(details, "summary", "",
      fmt::format("{} {}", host.facts.size(), page.say(Word::kConfigurationValues)));
  pugi::xml_node table = add(details, "table", "seen moved");
  for (const auto& [key, value] : host.facts) {
    pugi::xml_node row = add(table, "tr");
    add(row, "td", "", shortened(word_for_fact(key, page.language)));
    add(add(row, "td"), "span", "value",
        value.empty() ? page.say(Word::kNotSet) : shortened(value));
  }
}

}  // namespace

void add_host(pugi::xml_node body, const Page& page, const HostInfo& host,
              const std::string& changes) {
  add_head(body, page, host, changes);
  pugi::xml_node nav = add(body, "nav");
  lead(nav, "index.html", page.say(Word::kToReport));
  lead(nav, page.at_home("hosts"), page.say(Word::kPorts));
  add_board(body, page, host);
  if (!page.digest.causes.empty() || page.digest.not_run == 0) add_findings(body, page);
  add_blocked(body, page);
  add_waivers(body, page);
  add_verdicts(body, page);
  add_configuration(body, page, host);
}

}  // namespace touchstone::html
