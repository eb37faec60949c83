#include "harness/cli/fix_run.h"

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <random>
#include <set>

#include <unistd.h>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/controller.h"
#include "harness/cli/exit_codes.h"
#include "harness/cli/files.h"
#include "harness/evaluate/repaired.h"
#include "harness/model/clean.h"
#include "harness/model/unix_time.h"
#include "harness/remedy/plan_json.h"
#include "harness/remedy/plan_text.h"

namespace touchstone::cli {
namespace {

constexpr int kRounds = 3;

Repair repair_of(const NumberedChange& one, const ChangeResult& result, const Inventory& inventory,
                 const std::string& run, int round) {
  const Host* host = inventory.find(one.change.host);
  return {.id = one.id,
          .round = round,
          .host = one.change.host,
          .npu = one.change.npu,
          .steps = one.steps,
          .what = one.change.what,
          .interrupts = one.change.interrupts,
          .risk = one.change.risk,
          .change = shown_change(one.change, host),
          .undo = shown_undo(one.change, host, run),
          .outcome = std::string(name_of(result.outcome)),
          .why = result.why,
          .was = result.was,
          .is = result.is};
}

// What is asked again of hosts that were changed: everything of the first round, since that is
// cheap and finds what the fix has broken, and of the later rounds all but the dear ones, unless
// these belong to the steps that were repaired, to those that stand on them, or to those that ask
// the same questions.
Plan touched_part(const Plan& plan, const std::set<std::string>& repaired, bool deep) {
  std::set<std::string> ids = repaired, keys;
  const auto asks = [&](const Step& step) {
    return std::any_of(step.probes.begin(), step.probes.end(),
                       [&](const Question& q) { return keys.contains(q.key); });
  };
  const auto stands = [&](const Step& step) {
    return std::any_of(step.stands_on.begin(), step.stands_on.end(),
                       [&](const std::string& id) { return ids.contains(id); });
  };
  for (const PlannedStep& one : plan.steps)
    if (repaired.contains(one.step->id))
      for (const Question& question : one.step->probes) keys.insert(question.key);
  for (bool more = true; more;) {
    more = false;
    for (const PlannedStep& one : plan.steps)
      if (!ids.contains(one.step->id) && (stands(*one.step) || asks(*one.step)))
        more = ids.insert(one.step->id).second;
  }
  Plan part{.steps = plan.steps, .later = {}, .hosts = plan.hosts, .repairs = plan.repairs};
  // Most of the later rounds take seconds. Pings between all NPUs, collectives and the contents of
  // the weights may take an hour: only where they belong to what was repaired.
  for (const Later* later : plan.later) {
    const auto of_steps = [&](auto condition) {
      return std::any_of(later->steps.begin(), later->steps.end(), condition);
    };
    const bool dear =
        deep || of_steps([](const std::string& id) { return id.starts_with("3.1."); });
    if (!dear || of_steps([&](const std::string& id) { return ids.contains(id); }))
      part.later.push_back(later);
  }
  return part;
}

// Who is asked again of a change: its host. A service is one over all hosts of a group, so what
// interrupts it on one may be felt by the others.
std::set<std::string> hosts_touched(const Change& change, const Inventory& inventory) {
  std::set<std::string> hosts{change.host};
  if (change.risk == Risk::kSafe) return hosts;
  if (const Group* group = inventory.group_of(change.host))
    for (const Host& host : group->hosts) hosts.insert(host.name);
  return hosts;
}

// Whether the state may be another than the evidence says: then it is asked again.
bool worth_asking(const ChangeResult& result) {
  return result.outcome != Outcome::kSkipped && result.outcome != Outcome::kRefused;
}

class FixRounds {
 public:
  FixRounds(const FixContext& context, RunRecord record)
      : context_(context), record_(std::move(record)), run_(new_fix_run()) {}

  RunRecord run(const std::vector<Visit>& visits) {
    for (int round = 1; round <= kRounds; ++round) {
      const FixPlan plan = plan_for(round, round == 1 ? visits : context_.hosts->visits());
      if (!context_.options.fix || plan.count_allowed() == 0) break;
      if (!agreed_to(plan, round)) break;
      if (!apply(plan, round) || *context_.interrupted) break;
    }
    if (journal_) journal_->finish();
    return std::move(record_);
  }

 private:
  // Nobody has seen the plan of a later round when he is asked of the first one: it is shown all
  // the same, and asked of, unless he said yes to all. None allows a higher risk.
  bool agreed_to(const FixPlan& plan, int round) {
    const RunOptions& options = context_.options;
    const Consent consent =
        consent_to(plan_text(plan, context_.inventory, options.language), options.yes || to_all_,
                   options.language, {.first = round == 1, .last = round == kRounds});
    to_all_ = to_all_ || consent == Consent::kToAll;
    return consent != Consent::kNo;
  }

  FixPlan plan_for(int round, const std::vector<Visit>& visits) {
    const EvidenceBook book(context_.inventory, visits);
    const RunOptions& options = context_.options;
    FixPlan plan = make_fix_plan(context_.chapters, book, record_,
                                 options.fix.value_or(options.plan.value_or(Risk::kSafe)), next_);
    next_ += static_cast<int>(plan.changes.size());
    plan.run = run_;
    plan.created = unix_time();
    const std::string name = round == 1 ? "plan.json" : fmt::format("plan-{}.json", round);
    if (round == 1 || plan.count_allowed() > 0)
      write_output(context_.folder + "/" + name, plan_json(plan), true);
    if (!context_.options.fix || (round == 1 && plan.count_allowed() == 0))
      print(harmless(plan_text(plan, context_.inventory, context_.options.language)));
    return plan;
  }

  // With --force, that of an earlier run may be there. It is somebody's way back: it is kept, under
  // another name, since two runs in one file would have the same numbers.
  void keep_older_journal() const {
    if (!std::filesystem::exists(record_.journal)) return;
    int number = 1;
    std::string kept;
    do kept = fmt::format("{}/journal-older-{}.jsonl", context_.folder, number++);
    while (std::filesystem::exists(kept));
    std::filesystem::rename(record_.journal, kept);
  }

  // Whether anything was changed.
  bool apply(const FixPlan& plan, int round) {
    if (!journal_) {
      record_.journal = context_.folder + "/journal.jsonl";
      keep_older_journal();
      journal_ = std::make_unique<Journal>(record_.journal);
      journal_->start(run_, record_.cluster,
                      std::filesystem::absolute(context_.options.inventory).string());
    }
    journal_->plan(plan);
    ApplyOptions how{.stays = context_.hosts->stay_connected(),
                     .interrupted = context_.interrupted};
    how.on_change = told_as_made(context_.options.language);
    how.on_takeover = told_takeovers(context_.options.language);
    const std::vector<ChangeResult> results = apply_plan(
        plan, context_.inventory, [&](const Turn& turn) { return context_.hosts->ask(turn); },
        *journal_, how);
    note(plan, results, round);
    return judge_again(plan, results);
  }

  void note(const FixPlan& plan, const std::vector<ChangeResult>& results, int round) {
    for (const ChangeResult& result : results)
      for (const NumberedChange& one : plan.changes)
        if (one.id == result.id)
          repairs_.push_back(repair_of(one, result, context_.inventory, run_.id, round));
    record_.repairs = repairs_;
  }

  bool judge_again(const FixPlan& plan, const std::vector<ChangeResult>& results) {
    std::set<std::string> steps, hosts;
    for (const ChangeResult& result : results)
      for (const NumberedChange& one : plan.changes)
        if (one.id == result.id && worth_asking(result)) {
          steps.insert(one.steps.begin(), one.steps.end());
          hosts.merge(hosts_touched(one.change, context_.inventory));
        }
    if (hosts.empty()) return false;
    context_.hosts->visit_again(touched_part(context_.plan, steps, context_.options.deep), hosts);
    RunRecord after = context_.judge(context_.hosts->visits());
    mark_repaired(record_, after);
    show_as_it_is(EvidenceBook(context_.inventory, context_.hosts->visits()), after);
    after.journal = record_.journal;
    after.repairs = repairs_;
    record_ = std::move(after);
    return std::any_of(results.begin(), results.end(),
                       [](const ChangeResult& result) { return result.outcome == Outcome::kDone; });
  }

  const FixContext& context_;
  RunRecord record_;
  const FixRun run_;
  std::unique_ptr<Journal> journal_;
  std::vector<Repair> repairs_;
  int next_ = 1;
  bool to_all_ = false;
};

Consent consent_in(const std::string& answer, bool offers_all) {
  if (answer == "y" || answer == "Y" || answer == "yes" || answer == "是") return Consent::kYes;
  if (offers_all && (answer == "a" || answer == "A" || answer == "all" || answer == "全部"))
    return Consent::kToAll;
  return Consent::kNo;
}

}  // namespace

FixRun new_fix_run() {
  std::random_device source;
  return {fmt::format("{:%Y%m%d-%H%M%S}-{:08x}", fmt::gmtime(std::time(nullptr)), source()), who()};
}

void need_consent(bool yes) {
  if (!yes && !isatty(STDIN_FILENO))
    throw Failure(kWrongUsage,
                  Text{"此处无法询问(标准输入不是终端):请用 --plan 查看计划,再加 --yes",
                       "nobody can be asked here (standard input is no terminal): look at the plan "
                       "with --plan, then say --yes"});
}

Consent consent_to(const std::string& plan, bool yes, Language language, PlaceInRun place) {
  print(harmless(plan));
  if (yes) return Consent::kYes;
  need_consent(yes);
  const Text once{.zh = "执行以上计划吗?[y/N] ", .en = "Shall this be done? [y/N] "};
  const Text all{.zh = "执行以上计划吗?[y/N/a](a:连同后续各轮所需的改动,风险不高于本次所允许) ",
                 .en =
                     "Shall this be done? [y/N/a] (a: and what later rounds need, at no higher "
                     "risk than is allowed now) "};
  print(in(place.last ? once : all, language));
  std::string answer;
  std::getline(std::cin, answer);
  const Consent consent = consent_in(answer, !place.last);
  if (consent == Consent::kNo)
    print(place.first
              ? in({.zh = "未做任何改动。\n", .en = "Nothing was changed.\n"}, language)
              : in({.zh = "不再做更多改动。\n", .en = "Nothing more was changed.\n"}, language));
  return consent;
}

std::function<void(const NumberedChange&, const ChangeResult&)> told_as_made(Language language) {
  return [language](const NumberedChange& one, const ChangeResult& result) {
    const Text& what = one.change.what;
    std::string line = fmt::format("  {:>3}. {:<9} {}: {}\n", one.id, name_of(result.outcome),
                                   one.change.host, in(what, language));
    if (!result.why.empty()) line += fmt::format("       {}\n", in(result.why, language));
    if (!result.said.empty() && result.outcome != Outcome::kDone)
      line += fmt::format("       {}\n", result.said.substr(0, 500));
    print(harmless(line));
  };
}

std::function<void(const std::string&, const std::string&)> told_takeovers(Language language) {
  return [language](const std::string& host, const std::string& from) {
    print(harmless(fmt::format(
        fmt::runtime(in({.zh = "  {}:接管了一个已死运行留下的锁({})\n",
                         .en = "  {}: took over the lock that a dead run had left ({})\n"},
                        language)),
        host, from)));
  };
}

RunRecord fix_run(const FixContext& context, RunRecord record, const std::vector<Visit>& visits) {
  return FixRounds(context, std::move(record)).run(visits);
}

}  // namespace touchstone::cli
