#include "harness/evaluate/evaluate.h"

#include <algorithm>
#include <map>
#include <set>

#include "harness/evaluate/exhibits.h"
#include "harness/evaluate/judge.h"
#include "harness/evaluate/prerequisites.h"
#include "harness/evaluate/waiting.h"

namespace touchstone {
namespace {

StepInfo info_of(const Step& step, const std::string& chapter) {
  StepInfo info{.id = step.id,
                .name = step.name,
                .title = step.title,
                .requirement = step.requirement,
                .place = step.place,
                .scope = std::string(name_of(step.on)),
                .chapter = chapter,
                .risk = step.remedy.risk,
                .remedy = step.remedy.text,
                .stands_on = step.stands_on};
  for (const std::string& word : step.remedy.command)
    info.command += (info.command.empty() ? "" : " ") + word;
  for (const Question& question : step.probes) info.questions.push_back(question.key);
  return info;
}

// Steps in an order in which each comes after those it stands on; the document's own where that is
// free.
std::vector<std::size_t> order_of(const Plan& plan) {
  std::map<std::string, std::size_t> by_id;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) by_id[plan.steps[i].step->id] = i;
  std::vector<std::size_t> order;
  std::vector<bool> done(plan.steps.size(), false);
  std::function<void(std::size_t)> place = [&](std::size_t i) {
    if (done[i]) return;
    done[i] =
        true;  // before the descent, so that a circle ends (a test sees to it that there is none)
    for (const std::string& id : plan.steps[i].step->stands_on)
      if (auto at = by_id.find(id); at != by_id.end()) place(at->second);
    order.push_back(i);
  };
  for (std::size_t i = 0; i < plan.steps.size(); ++i) place(i);
  return order;
}

double seconds_of(const ReadLog& log, const EvidenceBook& book) {
  double seconds = 0;
  for (const auto& [host, npu, key] : log.read)
    if (const Answer* answer = book.find_answer(host, npu, key)) seconds += answer->seconds;
  return seconds;
}

// Of which host or NPU the steps count that this one stands on.
Target stands_at(const Step& step, const Target& target, const EvidenceBook& book) {
  if (!step.of_master) return target;
  for (const Group& group : book.inventory().groups)
    if (const Host* master = group.master_host(book.inventory().profile);
        master && group.name == target.group)
      return {.group = group.name, .host = master->name};
  return target;
}

// As the verdict of a result is before it is judged: nobody may take it for a pass.
StepResult not_run(const Target& target) {
  return {.target = target, .reason = {"尚未判定", "not run"}};
}

// Nothing where it cannot be judged yet.
std::optional<StepResult> result_of(const PlannedStep& planned, const Target& target,
                                    const EvidenceBook& book, const Prerequisites& before,
                                    const Waiting& waiting) {
  StepResult result{.target = target};
  if (!planned.selected) {
    result.verdict = Verdict::kNotSelected;
    result.reason = {"只选择了部分主机,跨主机比较不作判定",
                     "only some hosts are selected, so hosts are not compared"};
    return result;
  }
  auto block = [&](const Prerequisites::Cause& cause) {
    result.verdict = Verdict::kBlocked;
    result.blocked_by = cause.step;
    result.blocked_on = cause.target;
    result.reason = cause.reason;
  };
  const Target stands = stands_at(*planned.step, target, book);
  const auto cause = before.blocked(*planned.step, stands);
  if (cause && waiting.has(*cause)) return std::nullopt;
  if (cause && !stands.host.empty()) {
    block(*cause);
    return result;
  }
  book.missed_pending();
  Judgement judged = judge(*planned.step, target, book,
                           [&](const Target& one) { return before.excluded(*planned.step, one); });
  if (book.missed_pending()) return std::nullopt;
  result.verdict = judged.verdict;
  result.reason = std::move(judged.reason);
  result.findings = std::move(judged.findings);
  for (Finding& finding : result.findings)
    if (finding.target.empty()) finding.target = target.str();
  result.seconds = seconds_of(judged.log, book);
  if (result.verdict == Verdict::kFail || result.verdict == Verdict::kError) {
    judged.findings = result.findings;
    result.exhibits = exhibits_of(judged, book);
  }
  // A comparison that found nothing among those that could be compared is blocked by what kept the
  // others out; one that does not apply needs nothing.
  if (cause && result.verdict != Verdict::kFail && result.verdict != Verdict::kNotApplicable)
    block(*cause);
  return result;
}

void count_explained(RunRecord& record) {
  std::map<std::pair<std::string, Target>, std::size_t> at;
  for (std::size_t i = 0; i < record.results.size(); ++i)
    at[{record.steps[record.results[i].step].id, record.results[i].target}] = i;
  for (const StepResult& result : record.results) {
    if (result.verdict != Verdict::kBlocked) continue;
    auto cause = at.find({result.blocked_by, result.blocked_on});
    if (cause != at.end()) ++record.results[cause->second].explains;
  }
}

void note_hosts(const EvidenceBook& book, RunRecord& record) {
  record.answers = 0;
  for (HostInfo& host : record.hosts) {
    const Visit* visit = book.visit(host.name);
    if (!visit) continue;
    host.state = name_of(visit->state);
    host.detail = visit->detail;
    host.seconds = visit->seconds;
    for (const auto& [key, answer] : visit->answers)
      record.answers += answer.end == Answer::End::kExited;
  }
}

using Results = std::map<const PlannedStep*, std::vector<StepResult>>;

// The causes of what is blocked belong into the report even where their steps were not selected.
std::set<std::pair<std::string, Target>> causes_of(const Plan& plan, const Results& results) {
  std::set<std::pair<std::string, Target>> causes;
  for (const PlannedStep& planned : plan.steps)
    if (planned.reported)
      for (const StepResult& result : results.at(&planned))
        if (result.verdict == Verdict::kBlocked)
          causes.emplace(result.blocked_by, result.blocked_on);
  return causes;
}

void add_step(const PlannedStep& planned, const std::vector<Chapter>& chapters, RunRecord& record) {
  const Chapter& chapter = chapters[planned.chapter];
  if (record.chapters.empty() || record.chapters.back().id != chapter.id)
    record.chapters.push_back({chapter.id, chapter.title});
  record.steps.push_back(info_of(*planned.step, chapter.id));
}

void fill_in(const Plan& plan, const std::vector<Chapter>& chapters, Results& results,
             RunRecord& record) {
  const auto causes = causes_of(plan, results);
  record.results.clear();
  record.steps.clear();
  record.chapters.clear();
  record.passed_unreported.clear();
  for (const PlannedStep& planned : plan.steps) {
    std::vector<StepResult> shown;
    for (StepResult& result : results[&planned])
      if (planned.reported || causes.contains({planned.step->id, result.target}))
        shown.push_back(std::move(result));
      else if (result.verdict == Verdict::kPass)
        record.passed_unreported.emplace(planned.step->id, result.target);
    if (shown.empty()) continue;
    add_step(planned, chapters, record);
    for (StepResult& result : shown) {
      result.step = record.steps.size() - 1;
      record.results.push_back(std::move(result));
    }
  }
}

// What was asked in later rounds: the turns are pure, so they tell it once more, of a recording,
// too.
std::size_t later_questions(const Plan& plan, const EvidenceBook& book) {
  std::set<std::string> hosts;
  for (const auto& [name, visit] : book.visits())
    if (visit->state == Visit::State::kAnswered) hosts.insert(name);
  std::size_t count = 0;
  for (const Later* later : plan.later) try {
      for (const Turn& turn : later->turns(book, hosts)) count += turn.size();
    } catch (const NoEvidence&) {
      continue;  // nobody could be asked, and the steps say why
    }
  return count;
}

}  // namespace

RunRecord planned_record(const Plan& plan, const std::vector<Chapter>& chapters,
                         const Inventory& inventory) {
  RunRecord record;
  record.cluster = inventory.cluster;
  record.profile = inventory.profile.name;
  record.simulated = inventory.simulated;
  for (const PlannedStep& planned : plan.steps) {
    if (!planned.reported) continue;
    for (const Target& target : planned.targets) {
      record.results.push_back(not_run(target));
      record.results.back().step = record.steps.size();
    }
    add_step(planned, chapters, record);
  }
  for (const Group& group : inventory.groups)
    for (const Host& host : group.hosts)
      if (std::find(plan.hosts.begin(), plan.hosts.end(), host.name) != plan.hosts.end())
        record.hosts.push_back({.name = host.name,
                                .address = host.address,
                                .group = group.name,
                                .master = group.is_master(host.name, inventory.profile),
                                .npus = host.npus,
                                .state = "not visited"});
  std::size_t of_host = 0, of_npu = 0, npus = 0;
  for (const Question& question : plan.questions())
    (question.where == Where::kNpu ? of_npu : of_host) += question.second_look ? 2 : 1;
  for (const HostInfo& host : record.hosts) npus += static_cast<std::size_t>(host.npus);
  record.questions = of_host * record.hosts.size() + of_npu * npus;
  return record;
}

void evaluate(const Plan& plan, const std::vector<Chapter>& chapters, const EvidenceBook& book,
              RunRecord& record, Waivers waivers, const std::set<std::string>& unasked) {
  Prerequisites before;
  Results results;
  Waiting waiting(unasked);
  for (std::size_t i : order_of(plan)) {
    const PlannedStep& planned = plan.steps[i];
    const bool waits = waiting.has(*planned.step);
    for (const Target& target : planned.targets) {
      std::optional<StepResult> judged;
      if (!waits) judged = result_of(planned, target, book, before, waiting);
      if (!judged) waiting.add(*planned.step, target);
      StepResult result = judged ? std::move(*judged) : not_run(target);
      waivers.apply(*planned.step, result);
      before.add(*planned.step, {.target = target,
                                 .verdict = result.verdict,
                                 .blocked_by = result.blocked_by,
                                 .blocked_on = result.blocked_on,
                                 .reason = result.reason,
                                 .findings = result.findings});
      results[&planned].push_back(std::move(result));
    }
  }
  fill_in(plan, chapters, results, record);
  record.waivers = waivers.uses(chapters);
  count_explained(record);
  note_hosts(book, record);
  record.questions += later_questions(plan, book);
  record.complete = true;
}

}  // namespace touchstone
