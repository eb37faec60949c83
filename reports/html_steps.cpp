#include <map>

#include <fmt/format.h>

#include "reports/html_page.h"
#include "reports/place.h"
#include "reports/summary.h"

namespace touchstone::html {
namespace {

void add_field(pugi::xml_node cell, std::string_view name, const std::string& value) {
  if (value.empty()) return;
  pugi::xml_node line = add(cell, "p", "field");
  add(line, "b", "", name);
  add_text(line, " " + value);
}

void add_verdicts(pugi::xml_node cell, const Page& page,
                  const std::map<Verdict, std::size_t>& counts, std::size_t pending,
                  const std::string& fixed) {
  for (const auto& [verdict, count] : counts) {
    const std::size_t judged = verdict == Verdict::kError ? count - pending : count;
    if (judged == 0) continue;
    const bool leads = verdict == Verdict::kFixed && !fixed.empty();
    add(leads ? lead(cell, fixed, "") : cell, "span",
        (std::string("badge ") + css_of(verdict)).c_str(),
        fmt::format("{} {} {}", sign_of(verdict), judged, word_for(verdict, page.language)));
  }
  if (pending != 0)
    add(cell, "span", "badge off", fmt::format("{} {}", pending, page.say(Word::kNotRun)));
}

void add_requirement(pugi::xml_node cell, const Page& page, const StepInfo& step) {
  add(cell, "strong", "", page.in(step.title));
  if (!step.requirement.empty()) add(cell, "p", "", page.in(step.requirement));
  add_field(cell, page.say(Word::kPlace), place_text(step.place, page.language));
  add_field(cell, page.say(Word::kStandsOn), fmt::format("{}", fmt::join(step.stands_on, ", ")));
  add_field(cell, page.say(Word::kAskedQuestions),
            fmt::format("{}", fmt::join(step.questions, ", ")));
}

void add_remedy(pugi::xml_node cell, const Page& page, const StepInfo& step) {
  if (!step.remedy.empty()) add(cell, "p", "", page.in(step.remedy));
  if (!step.command.empty()) add(cell, "code", "command", step.command);
  add(cell, "p", "field", word_for(step.risk, page.language));
}

}  // namespace

void add_steps(pugi::xml_node body, const Page& page) {
  std::vector<std::map<Verdict, std::size_t>> counts(page.record.steps.size());
  std::vector<std::size_t> pending(page.record.steps.size());
  for (const StepResult& result : page.record.results) {
    ++counts.at(result.step)[result.verdict];
    pending[result.step] += not_run(page.record, result);
  }
  pugi::xml_node section = add_section(body, "steps", page.say(Word::kSteps));
  for (const ChapterInfo& chapter : page.record.chapters) {
    set(add(section, "h3", "", chapter.id + " " + page.in(chapter.title)), "id",
        "ch-" + chapter.id);
    pugi::xml_node table = add(section, "table", "steps");
    pugi::xml_node head = add(table, "tr");
    for (Word name :
         {Word::kStep, Word::kRequirement, Word::kScope, Word::kVerdicts, Word::kRemedy})
      add(head, "th", "", page.say(name));
    for (std::size_t i = 0; i < page.record.steps.size(); ++i) {
      const StepInfo& step = page.step(i);
      if (step.chapter != chapter.id) continue;
      pugi::xml_node row = add(table, "tr");
      set(row, "id", anchor_of_step(step));
      add(row, "th", "", step.id);
      add_requirement(add(row, "td"), page, step);
      add(row, "td", "", word_for_scope(step.scope, page.language));
      add_verdicts(add(row, "td", "verdicts"), page, counts[i], pending[i], page_of_fixed(page, i));
      add_remedy(add(row, "td"), page, step);
    }
  }
}

}  // namespace touchstone::html
