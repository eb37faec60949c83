#include "harness/cli/judge_again.h"

#include <filesystem>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "harness/cli/files.h"
#include "harness/collect/recording.h"
#include "harness/evaluate/evaluate.h"
#include "harness/evaluate/repaired.h"
#include "suites/chapters.h"

namespace touchstone::cli {
namespace {

using Verdicts = std::map<std::pair<std::string, Target>, Verdict>;

Verdicts verdicts_of(const RunRecord& record) {
  Verdicts verdicts;
  for (const StepResult& result : record.results)
    verdicts[{record.steps[result.step].id, result.target}] = result.verdict;
  return verdicts;
}

RunRecord judged(const Recording& recording, const std::vector<Waiver>& waivers) {
  const std::vector<Chapter> chapters = all_chapters();
  const Inventory& inventory = recording.inventory;
  const Plan plan = make_plan(chapters, inventory,
                              {recording.steps, recording.chapters, recording.selected_hosts});
  RunRecord record = planned_record(plan, chapters, inventory);
  record.started = recording.started;
  evaluate(plan, chapters, EvidenceBook(inventory, pointers_to(recording.visits)), record,
           Waivers(waivers, inventory, record.started));
  return record;
}

std::vector<std::string> other_facts(const RunRecord& record, const RunRecord& judged) {
  std::vector<std::string> facts;
  const auto compare = [&](const char* name, const auto& a, const auto& b) {
    if (a != b) facts.push_back(fmt::format("{}: {}, {}", name, a, b));
  };
  compare("cluster", record.cluster, judged.cluster);
  compare("profile", record.profile, judged.profile);
  compare("simulated", record.simulated, judged.simulated);
  compare("started", record.started, judged.started);
  return facts;
}

// What --fix repaired in a later round was neither wrong nor right before the first one (it was
// blocked, say); the recording of after can only tell that it is right.
bool same(const RunRecord& record, Verdict reported, Verdict judged) {
  return reported == judged ||
         (!record.repairs.empty() && reported == Verdict::kFixed && judged == Verdict::kPass);
}

}  // namespace

JudgedAgain judge_again(const std::string& folder, const RunRecord& record) {
  std::vector<Waiver> waivers;
  for (const WaiverUse& use : record.waivers) waivers.push_back(use.waiver);
  RunRecord again = judged(load_recording(folder + "/recording"), waivers);
  const std::string before = folder + "/recording-before";
  if (std::filesystem::exists(status_of(before)))
    mark_repaired(judged(load_recording(before), waivers), again);

  JudgedAgain told{.facts = other_facts(record, again)};
  const Verdicts reported = verdicts_of(record);
  Verdicts rest = verdicts_of(again);
  for (const auto& [key, verdict] : reported) {
    ++told.results;
    const auto node = rest.extract(key);
    if (!node || !same(record, verdict, node.mapped()))
      told.others.push_back(
          {key.first, key.second, verdict, node ? std::optional(node.mapped()) : std::nullopt});
  }
  for (const auto& [key, verdict] : rest)
    told.others.push_back({key.first, key.second, std::nullopt, verdict});
  told.results += rest.size();
  return told;
}

}  // namespace touchstone::cli
