// `touchstone fix`, `undo` and `journal show`: what works on a plan or a journal that is there.
#include <algorithm>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/controller.h"
#include "harness/cli/exit_codes.h"
#include "harness/cli/files.h"
#include "harness/cli/fix_run.h"
#include "harness/cli/known_secrets.h"
#include "harness/cli/report_folder.h"
#include "harness/model/clean.h"
#include "harness/model/host_pattern.h"
#include "harness/model/said.h"
#include "harness/model/unix_time.h"
#include "harness/remedy/plan_json.h"
#include "harness/remedy/plan_text.h"

namespace touchstone::cli {
namespace {

namespace fs = std::filesystem;

std::string file_in(const std::string& path, const char* name) {
  return fs::is_directory(path) ? path + "/" + name : path;
}

// Connections to some hosts, without a question to begin with.
class Connected {
 public:
  Connected(const Inventory& inventory, const std::set<std::string>& hosts, int forks,
            const std::string& ssh_config)
      : options_{.forks = forks, .ssh_config = ssh_config},
        hosts_(options_, inventory, hosts.size(), true, &interrupted()) {
    watch_interrupts();
    Plan plan;
    for (const std::string& host : hosts)
      if (inventory.find(host)) plan.hosts.push_back(host);
    hosts_.visit(plan);
  }
  AskHosts asker() {
    return [this](const Turn& turn) { return hosts_.ask(turn); };
  }
  bool stay() const { return hosts_.stay_connected(); }

 private:
  RunOptions options_;
  HostsAsked hosts_;
};

int code_of(const std::vector<ChangeResult>& results) {
  if (interrupted()) return kInterrupted;
  const bool all = std::all_of(results.begin(), results.end(), [](const ChangeResult& result) {
    return result.outcome == Outcome::kDone || result.outcome == Outcome::kAlready;
  });
  return all ? 0 : 1;
}

JournalStory story_in(const std::string& file) {
  try {
    return read_journal(read_input(file));
  } catch (const JournalError& error) {
    throw JournalError(said("{}:{}", "{}: {}", file, error.text));
  }
}

bool wanted(const JournalStory::Entry& entry, const UndoOptions& options) {
  const auto& steps = entry.change.steps;
  const bool step =
      options.steps.empty() || std::any_of(steps.begin(), steps.end(), [&](const std::string& id) {
        return std::find(options.steps.begin(), options.steps.end(), id) != options.steps.end();
      });
  return step &&
         (options.hosts.empty() || NamePatterns(options.hosts).have(entry.change.change.host));
}

}  // namespace

int fix(const FixOptions& options) {
  const std::string file = file_in(options.plan, "plan.json");
  FixPlan plan;
  try {
    plan = read_plan_json(read_input(file));
  } catch (const PlanError& error) {
    throw PlanError(said("{}:{}", "{}: {}", file, error.text));
  }
  const Inventory inventory = load_inventory_to_ask(options.inventory);
  if (inventory.cluster != plan.cluster)
    throw Failure(kWrongConfiguration,
                  said("{} 是 \"{}\" 的计划,而 {} 是 \"{}\" 的清单",
                       "{} is a plan for \"{}\", and {} is the inventory of \"{}\"", file,
                       plan.cluster, options.inventory, inventory.cluster));
  need_consent(options.yes);
  plan.run = new_fix_run();
  if (consent_to(plan_text(plan, inventory, options.language), options.yes, options.language) ==
      Consent::kNo)
    return 0;
  const std::string folder = make_report_folder(options.out, false, unix_time());
  write_output(folder + "/plan.json", plan_json(plan), true);
  Journal journal(folder + "/journal.jsonl");
  journal.start(plan.run, plan.cluster, fs::absolute(options.inventory).string());
  journal.plan(plan);
  Connected connected(inventory, plan.hosts_needed(), options.forks, options.ssh_config);
  const auto results = apply_plan(plan, inventory, connected.asker(), journal,
                                  {.stays = connected.stay(),
                                   .all_or_nothing = true,
                                   .interrupted = &interrupted(),
                                   .on_change = told_as_made(options.language),
                                   .on_takeover = told_takeovers(options.language)});
  journal.finish();
  const int code = code_of(results);
  if (code == 1)
    print(options.language == Language::kZh
              ? "计划没有全部执行;现状有变时请重新生成计划(run --plan)。\n"
              : "The plan was not applied as a whole. Where the state has changed since, make a "
                "new one with `touchstone run --plan`.\n");
  print(fmt::format("{}: {}\n", in({.zh = "日志", .en = "Journal"}, options.language),
                    journal.path()));
  return code;
}

int undo(const UndoOptions& options) {
  const std::string file = file_in(options.journal, "journal.jsonl");
  const JournalStory story = story_in(file);
  const std::string from = options.inventory.empty() ? story.inventory : options.inventory;
  const Inventory inventory = load_inventory_to_ask(from);
  std::vector<JournalStory::Entry> entries;
  for (auto entry = story.entries.rbegin(); entry != story.entries.rend(); ++entry)
    if (entry->result.outcome == Outcome::kDone && wanted(*entry, options))
      entries.push_back(*entry);
  if (!entries.empty()) need_consent(options.yes);
  const std::string shown = undo_text(entries, inventory, story.run.id, options.language);
  if (entries.empty()) {
    print(harmless(shown));
    return 0;
  }
  if (consent_to(shown, options.yes, options.language) == Consent::kNo) return 0;
  std::set<std::string> hosts;
  for (const JournalStory::Entry& entry : entries) hosts.insert(entry.change.change.host);
  Journal journal(file);
  // The run's own number: the copies on the hosts are kept under it.
  const FixRun run{story.run.id, who()};
  journal.start(run, story.cluster, fs::absolute(from).string());
  Connected connected(inventory, hosts, options.forks, options.ssh_config);
  const auto results = undo_changes(run, entries, inventory, connected.asker(), journal,
                                    {.stays = connected.stay(),
                                     .interrupted = &interrupted(),
                                     .on_change = told_as_made(options.language),
                                     .on_takeover = told_takeovers(options.language)});
  journal.finish();
  return code_of(results);
}

int journal(const JournalOptions& options) {
  const JournalStory story = story_in(file_in(options.journal, "journal.jsonl"));
  print(harmless(journal_text(story, options.language)));
  return 0;
}

}  // namespace touchstone::cli
