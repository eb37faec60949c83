#include <map>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "harness/cli/commands.h"
#include "harness/cli/files.h"
#include "harness/cli/read_run.h"
#include "harness/guide/guide.h"
#include "harness/model/clean.h"
#include "reports/guide.h"
#include "suites/chapters.h"

namespace touchstone::cli {
namespace {

using Json = nlohmann::ordered_json;
using Titles = std::map<std::string, Text>;

// A record's own steps, and ours, for those that it had not selected.
Titles titles_of(const RunRecord& record) {
  Titles titles;
  for (const StepInfo& step : record.steps) titles.emplace(step.id, step.title);
  for (const Chapter& chapter : all_chapters())
    for (const Step& step : chapter.steps) titles.emplace(step.id, step.title);
  return titles;
}

// Our own steps that no instruction names, in their order.
std::vector<std::string> beyond_the_guide(const Document& document) {
  std::set<std::string> named;
  for (const DocumentSection& section : document)
    for (const Instruction& one : section.instructions)
      named.insert(one.steps.begin(), one.steps.end());
  std::vector<std::string> beyond;
  for (const Chapter& chapter : all_chapters())
    for (const Step& step : chapter.steps)
      if (!named.contains(step.id)) beyond.push_back(step.id);
  return beyond;
}

Json both(const Text& text) {
  return {{"en", text.en}, {"zh", text.zh}};
}

Json step_json(const std::string& id, const Titles& titles) {
  Json step{{"id", id}};
  if (const auto title = titles.find(id); title != titles.end())
    step["title"] = both(title->second);
  return step;
}

Json to_json(const GuideRow& row, const Titles& titles, bool judged) {
  const Instruction& one = *row.instruction;
  Json json{{"section", row.section->id},
            {"number", row.number},
            {"what", both(one.what)},
            {"about", one.about},
            {"steps", Json::array()}};
  for (const std::string& id : one.steps) json["steps"].push_back(step_json(id, titles));
  if (!row.asserted)
    json["reason"] = both(one.reason);
  else if (judged)
    json["verdict"] = row.not_run ? "not_run" : name_of(row.verdict);
  return json;
}

void print_json(const Document& document, const GuideTable& table, const Titles& titles,
                bool judged) {
  Json all{{"sections", Json::array()}, {"instructions", Json::array()}};
  for (const DocumentSection& section : document)
    all["sections"].push_back({{"id", section.id}, {"title", both(section.title)}});
  for (const GuideRow& row : table.rows)
    all["instructions"].push_back(to_json(row, titles, judged));
  all["beyond"] = Json::array();
  for (const std::string& id : beyond_the_guide(document))
    all["beyond"].push_back(step_json(id, titles));
  all["counts"] = {{"instructions", table.rows.size()}, {"asserted", table.asserted}};
  for (const auto& [verdict, count] : table.counts)
    if (judged) all["counts"][std::string(name_of(verdict))] = count;
  print(all.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

void print_step(const std::string& id, const Titles& titles, Language language) {
  const auto title = titles.find(id);
  print(harmless(fmt::format("      -> {:<7} {}\n", id,
                             title == titles.end() ? "?" : in(title->second, language))));
}

void print_row(const GuideRow& row, const Titles& titles, bool judged, Language language) {
  const Instruction& one = *row.instruction;
  std::string verdict;
  if (judged && row.asserted)
    verdict = fmt::format(
        " [{}]", row.not_run ? word(Word::kNotRun, language) : word_for(row.verdict, language));
  print(harmless(fmt::format("  {} #{:<3}{} {}\n", row.section->id, row.number, verdict,
                             in(one.what, language))));
  for (const std::string& about : one.about) print(harmless(fmt::format("          {}\n", about)));
  for (const std::string& id : one.steps) print_step(id, titles, language);
  if (!row.asserted)
    print(harmless(fmt::format("      -- {} {}\n", word(Word::kNotAsserted, language),
                               in(one.reason, language))));
}

}  // namespace

int coverage(const CoverageOptions& options) {
  const bool judged = !options.run.empty();
  const RunRecord record = judged ? read_run(options.run) : RunRecord{};
  // A run is shown with the table that it was made with.
  const Document document = record.document.empty() ? guide() : record.document;
  const GuideTable table = guide_table(document, record);
  const Titles titles = titles_of(record);
  if (options.json) {
    print_json(document, table, titles, judged);
    return 0;
  }
  const Language language = options.language;
  const DocumentSection* section = nullptr;
  for (const GuideRow& row : table.rows) {
    if (row.section != section) {
      section = row.section;
      print(harmless(fmt::format("{} {}\n", section->id, in(section->title, language))));
    }
    print_row(row, titles, judged, language);
  }
  print(fmt::format("{}\n", word(Word::kBeyond, language)));
  for (const std::string& id : beyond_the_guide(document)) print_step(id, titles, language);
  GuideTable shown = table;
  if (!judged) shown.counts.clear();
  print(guide_line(shown, language) + "\n");
  return 0;
}

}  // namespace touchstone::cli
