#include "reports/guide.h"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "reports/digest.h"
#include "reports/summary.h"

namespace touchstone {
namespace {

// The results of one step, summed up.
struct StepState {
  Verdict worst = Verdict::kNotSelected;
  bool not_run = false;
};
using StepStates = std::unordered_map<std::string, StepState>;

StepStates states_of_steps(const RunRecord& record) {
  std::vector<StepState> all(record.steps.size());
  for (const StepResult& result : record.results) {
    StepState& outcome = all.at(result.step);
    if (not_run(record, result))
      outcome.not_run = true;
    else
      outcome.worst = std::min(outcome.worst, result.verdict);
  }
  StepStates by_id;
  for (std::size_t i = 0; i < all.size(); ++i) by_id.emplace(record.steps[i].id, all[i]);
  return by_id;
}

void judge(GuideRow& row, const StepStates& outcomes) {
  bool incomplete = false;
  for (const std::string& id : row.instruction->steps) {
    const auto at = outcomes.find(id);
    const StepState outcome = at == outcomes.end() ? StepState{} : at->second;
    row.verdict = std::min(row.verdict, outcome.worst);
    row.not_run = row.not_run || outcome.not_run;
    incomplete = incomplete || outcome.worst == Verdict::kNotSelected;
  }
  const bool bad = row.verdict <= Verdict::kBlocked;
  if (bad) row.not_run = false;
  if (incomplete && !bad) row.verdict = Verdict::kNotSelected;
}

}  // namespace

GuideTable guide_table(const Document& document, const RunRecord& record) {
  const StepStates outcomes = states_of_steps(record);
  GuideTable table;
  for (const DocumentSection& section : document)
    for (const Instruction& instruction : section.instructions) {
      GuideRow& row = table.rows.emplace_back();
      row.section = &section;
      row.number = static_cast<std::size_t>(&instruction - section.instructions.data()) + 1;
      row.instruction = &instruction;
      row.asserted = !instruction.steps.empty();
      if (!row.asserted) continue;
      if (instruction.applies)
        judge(row, outcomes);
      else
        row.verdict = Verdict::kNotApplicable;
      ++table.asserted;
      if (row.not_run)
        ++table.not_run;
      else
        ++table.counts[row.verdict];
    }
  return table;
}

GuideTable guide_table(const RunRecord& record) {
  return guide_table(record.document, record);
}

std::string guide_line(const GuideTable& table, Language language) {
  const std::string asserted =
      language == Language::kZh
          ? fmt::format("指南 {} 条指令中 {} 条有断言", table.rows.size(), table.asserted)
          : fmt::format("{} of {} instructions of the guide asserted", table.asserted,
                        table.rows.size());
  std::map<Verdict, std::size_t> counts = table.counts;
  if (table.not_run != 0) counts[Verdict::kError] += table.not_run;  // counts_line takes them off
  const std::string verdicts = counts_line(counts, table.not_run, language);
  return verdicts.empty() ? asserted
                          : asserted + (language == Language::kZh ? ":" : ": ") + verdicts;
}

}  // namespace touchstone
