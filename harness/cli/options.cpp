#include "harness/cli/options.h"

#include <CLI/CLI.hpp>

#include "harness/cli/exit_codes.h"
#include "harness/cli/version.h"

namespace touchstone::cli {
namespace {

void selection(CLI::App& app, Selection& selection) {
  app.add_option("--step", selection.steps, "Only these steps, by id: --step 3.1.8,3.1.9")
      ->delimiter(',');
  app.add_option("--chapter", selection.chapters, "Only these chapters: --chapter 3.1")
      ->delimiter(',');
  // A comma may stand inside a pattern's brackets, so hosts are not split at commas.
  app.add_option("--host", selection.hosts,
                 "Only these hosts, by name or pattern: --host 'node-[01-04]'");
}

CLI::Option* inventory(CLI::App& app, std::string& path) {
  return app.add_option("-i,--inventory", path, "The cluster's inventory")->capture_default_str();
}

void language(CLI::App& app, Language& language) {
  app.add_option_function<std::string>(
         "--lang",
         [&language](const std::string& name) {
           language = name == "zh" ? Language::kZh : Language::kEn;
         },
         "Language of what is printed")
      ->check(CLI::IsMember({"en", "zh"}))
      ->default_str("en");
}

// --fix and --plan: a risk may follow.
void up_to_risk(CLI::App& app, const char* name, std::optional<Risk>& risk, const char* help) {
  app.add_option_function<std::string>(
         name,
         [&risk](const std::string& named) {
           risk = named.empty() ? Risk::kSafe : risk_from(named).value();
         },
         help)
      ->expected(0, 1)
      ->check(CLI::IsMember({"", "safe", "service", "disruptive"}));
}

void hosts_at_once(CLI::App& app, int& forks, std::string& ssh_config) {
  app.add_option("--forks", forks, "How many hosts are asked at once")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  app.add_option("--ssh-config", ssh_config,
                 "A configuration file for ssh instead of the user's own");
}

void add_run(CLI::App& app, Command& chosen) {
  static RunOptions options;
  auto* run = app.add_subcommand("run", "Check the cluster and leave a report");
  inventory(*run, options.inventory);
  run->add_option("--replay", options.replay,
                  "Judge a recording (or a report's folder) again, offline");
  run->add_option("--out", options.out,
                  "Folder of the report; default: a fresh one below touchstone-report/");
  run->add_flag("--force", options.force, "Write into a folder that is not empty");
  selection(*run, options.selection);
  hosts_at_once(*run, options.forks, options.ssh_config);
  run->add_option("--collective", options.collective,
                  "Run this all_reduce_test of the hosts, too (step 3.1.16): PATH; loads all NPUs")
      ->type_name("PATH");
  run->add_option("--second-look", options.second_look,
                  "Seconds between the two looks at error counters")
      ->check(CLI::Range(0.0, 60.0))
      ->capture_default_str();
  run->add_flag("--deep", options.deep,
                "Read every shard of the weights on every host and compare the contents (step "
                "5.1.2): minutes to hours");
  auto* recheck = run->add_option("--recheck", options.recheck,
                                  "Ask what failed, or could not be told, again, up to N times; a "
                                  "pass is marked flaky then")
                      ->check(CLI::Range(0, 10))
                      ->type_name("N");
  run->add_option("--after", options.recheck_after, "Seconds before each time")
      ->check(CLI::Range(0.0, 3600.0))
      ->needs(recheck)
      ->capture_default_str();
  run->add_option("--waivers", options.waivers,
                  "Failures that are accepted for a while: a file (docs/waivers.md)")
      ->type_name("FILE");
  run->add_option("--history", options.history,
                  "Add this run to a history, and tell what changed (docs/history.md)")
      ->type_name("FILE");
  run->add_option("--baseline", options.baseline,
                  "Tell what moved since this run: its run.json, or the report's folder")
      ->type_name("RUN");
  run->add_option("--metrics", options.metrics,
                  "Write gauges for node_exporter's textfile collector: PATH/NAME.prom")
      ->type_name("FILE");
  language(*run, options.language);
  run->add_option("--junit-flavour", options.junit_flavour, "For whom junit.xml is written")
      ->check(CLI::IsMember({"jenkins", "xunit"}))
      ->capture_default_str();
  up_to_risk(*run, "--fix", options.fix,
             "Repair what may be repaired, after showing the plan: at most `safe` (the default), "
             "`service` or `disruptive`");
  up_to_risk(*run, "--plan", options.plan,
             "Print what --fix would do, and do nothing; with a risk, what --fix=RISK would do");
  run->add_flag("--yes", options.yes, "With --fix: do not ask before it is done");
  run->add_flag("-q,--quiet", options.quiet, "Print the verdict only");
  run->add_flag("!--no-colour", options.colour, "No colours, even on a terminal");
  run->footer(
      "gtest's own options (--gtest_output=…, --gtest_list_tests) work on the verdicts. Exit "
      "codes: 0 accepted, "
      "1 rejected, 2 could not tell, 64 wrong usage, 78 wrong configuration, 130 interrupted.");
  run->callback([&chosen] { chosen = options; });
}

void add_fix(CLI::App& app, Command& chosen) {
  static FixOptions options;
  auto* fix = app.add_subcommand("fix", "Apply a plan of `run --plan`, exactly as it is");
  fix->add_option("plan", options.plan, "The plan.json, or the report's folder")->required();
  inventory(*fix, options.inventory);
  fix->add_option("--out", options.out,
                  "Folder of the journal; default: a fresh one below touchstone-report/");
  fix->add_flag("--yes", options.yes, "Do not ask before it is done");
  hosts_at_once(*fix, options.forks, options.ssh_config);
  language(*fix, options.language);
  fix->callback([&chosen] { chosen = options; });
}

void add_undo(CLI::App& app, Command& chosen) {
  static UndoOptions options;
  auto* undo = app.add_subcommand("undo", "Take back what --fix has changed, newest first");
  undo->add_option("journal", options.journal, "The journal.jsonl, or the report's folder")
      ->required();
  undo->add_option("-i,--inventory", options.inventory,
                   "The cluster's inventory; default: the one that the journal names");
  undo->add_option("--step", options.steps, "Only what repaired these steps")->delimiter(',');
  undo->add_option("--host", options.hosts, "Only on these hosts, by name or pattern");
  undo->add_flag("--yes", options.yes, "Do not ask before it is done");
  hosts_at_once(*undo, options.forks, options.ssh_config);
  language(*undo, options.language);
  undo->callback([&chosen] { chosen = options; });
}

void add_journal(CLI::App& app, Command& chosen) {
  auto* journal = app.add_subcommand("journal", "Journals of --fix")->require_subcommand(1);
  static JournalOptions options;
  auto* show = journal->add_subcommand("show", "Tell what was done, and what was under way");
  show->add_option("journal", options.journal, "The journal.jsonl, or the report's folder")
      ->required();
  language(*show, options.language);
  show->callback([&chosen] { chosen = options; });
}

void add_list(CLI::App& app, Command& chosen) {
  static ListOptions options;
  auto* list = app.add_subcommand("list", "Show what would run");
  list->add_option("-i,--inventory", options.inventory, "Count the targets of this inventory, too");
  selection(*list, options.selection);
  language(*list, options.language);
  list->callback([&chosen] { chosen = options; });
}

void add_coverage(CLI::App& app, Command& chosen) {
  static CoverageOptions options;
  auto* coverage = app.add_subcommand(
      "coverage", "Show every instruction of the guide, and the steps that assert it");
  coverage->add_option("--run", options.run,
                       "With the verdicts of this run: its run.json, or the report's folder");
  language(*coverage, options.language);
  coverage->add_flag("--json", options.json, "As JSON");
  coverage->callback([&chosen] { chosen = options; });
}

void add_report(CLI::App& app, Command& chosen) {
  static ReportOptions options;
  auto* report = app.add_subcommand("report", "Make a report again from a run.json");
  report->add_option("run", options.run, "A run.json, or the report's folder")->required();
  report->add_option("--format", options.format, "What to make of it")
      ->check(CLI::IsMember({"console", "html", "junit", "json", "metrics", "ctrf"}))
      ->capture_default_str();
  report->add_option("-o,--out", options.out,
                     "Where to write it; default: standard output. Of html, a folder");
  report->add_flag("--force", options.force, "Replace files that are there");
  language(*report, options.language);
  report->add_option("--junit-flavour", options.junit_flavour, "For whom JUnit is written")
      ->check(CLI::IsMember({"jenkins", "xunit"}))
      ->capture_default_str();
  report->callback([&chosen] { chosen = options; });
}

void add_diff(CLI::App& app, Command& chosen) {
  static DiffOptions options;
  auto* diff = app.add_subcommand("diff", "Say what moved between two runs");
  diff->add_option("a", options.a, "A run.json, or the report's folder")->required();
  diff->add_option("b", options.b, "Another")->required();
  language(*diff, options.language);
  diff->callback([&chosen] { chosen = options; });
}

void add_history(CLI::App& app, Command& chosen) {
  static HistoryOptions options;
  using What = HistoryOptions::What;
  auto* history =
      app.add_subcommand("history", "Look at what --history has kept")->require_subcommand(1);
  const auto add = [&](const char* name, const char* help, What what) {
    auto* one = history->add_subcommand(name, help);
    one->add_option("file", options.file, "The history")->required();
    one->callback([&chosen, what] {
      options.what = what;
      chosen = options;
    });
    return one;
  };
  auto* show = add("show", "The runs, and what changed in the last one", What::kShow);
  auto* trend = add("trend", "What failed again and again", What::kTrend);
  auto* compare = add("compare", "What differs between two runs", What::kCompare);
  auto* prune = add("prune", "Remove old runs", What::kPrune);
  for (auto* one : {show, trend, compare}) language(*one, options.language);
  for (auto* one : {show, trend}) {
    one->add_option("--cluster", options.cluster, "Of this cluster only");
    one->add_option("--last", options.last, "How many runs are shown")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
  }
  compare->add_option("a", options.a, "A run: its number or its beginning as `show` has it")
      ->required();
  compare->add_option("b", options.b, "Another")->required();
  prune->add_option("--keep-days", options.keep_days, "Runs of the last so many days stay")
      ->check(CLI::Range(1, 36500))
      ->required();
}

void add_init(CLI::App& app, Command& chosen) {
  static InitOptions options;
  auto* init = app.add_subcommand("init", "Write a first inventory");
  init->add_option("hosts", options.hosts,
                   "Hosts: node-01, user@host:port, name=address, 'node-[01-16]'");
  auto* table = init->add_option("--from-rank-table", options.from_rank_table,
                                 "Take the hosts from a rank table");
  init->add_option("--from-ansible", options.from_ansible,
                   "Take the hosts from an Ansible inventory (INI)")
      ->excludes(table);
  init->add_option("--profile", options.profile, "The profile to name in it")
      ->capture_default_str();
  init->add_option("--cluster", options.cluster, "The cluster's name")->capture_default_str();
  init->add_option("-o,--out", options.out, "Where to write it; - is standard output")
      ->capture_default_str();
  init->add_flag("--force", options.force, "Replace a file that is there");
  init->callback([&chosen] {
    if (options.hosts.empty() && options.from_rank_table.empty() && options.from_ansible.empty())
      throw CLI::RequiredError("HOST, --from-rank-table or --from-ansible");
    chosen = options;
  });
}

void add_profile(CLI::App& app, Command& chosen) {
  static ProfileOptions options;
  auto* profile =
      app.add_subcommand("profile", "Show what the guide promises")->require_subcommand(1);
  profile->add_subcommand("list", "The names of the profiles")->callback([&chosen] {
    chosen = ProfileOptions{};
  });
  auto* show = profile->add_subcommand("show", "The values of one profile");
  show->add_option("name", options.name, "Its name, or a file")->required();
  show->callback([&chosen] { chosen = options; });
}

void add_parse(CLI::App& app, Command& chosen) {
  static ParseOptions options;
  static bool list = false;
  auto* parse = app.add_subcommand("parse", "Read a tool's output and print its values as JSON");
  parse->add_option("kind", options.kind, "What it is: hccn-link, npu-smi-info, rank-table …");
  parse->add_option("file", options.file, "The output; default: standard input");
  parse->add_flag("--list", list, "Name the kinds");
  parse->callback([&chosen] {
    if (!list && options.kind.empty()) throw CLI::RequiredError("KIND or --list");
    if (list) options.kind.clear();
    chosen = options;
  });
}

void add_recordings(CLI::App& app, Command& chosen) {
  static ScriptOptions script_options;
  auto* script =
      app.add_subcommand("script", "Print the collection script for hosts without a network path");
  inventory(*script, script_options.inventory);
  selection(*script, script_options.selection);
  script->callback([&chosen] { chosen = script_options; });

  static ImportOptions import_options;
  auto* recording = app.add_subcommand("recording", "Work with recordings")->require_subcommand(1);
  auto* import =
      recording->add_subcommand("import", "Make a recording of what the collection script printed");
  inventory(*import, import_options.inventory);
  import->add_option("files", import_options.files, "One file a host")->required();
  import->add_option("--out", import_options.out, "Folder of the recording")->required();
  import->add_flag("--force", import_options.force, "Replace an earlier recording in that folder");
  import->callback([&chosen] { chosen = import_options;
});
}  // namespace

void add_rank_table(CLI::App& app, Command& chosen) {
  auto* table = app.add_subcommand("rank-table", "Build, check and compare rank tables")
                    ->require_subcommand(1);
  static RankTableBuildOptions build_options;
  auto* build = table->add_subcommand("build", "Build the merged table from the live addresses");
  inventory(*build, build_options.inventory);
  build->add_option("--replay", build_options.replay, "Take the addresses from a recording");
  build->add_option("--group", build_options.group,
                    "The group; may be left out where there is one");
  build
      ->add_option("--form", build_options.form,
                   "guide: with container_ip; hccl-tools: as hccl_tools.py and merge_hccl.py write")
      ->check(CLI::IsMember({"guide", "hccl-tools"}))
      ->capture_default_str();
  build->add_option("-o,--out", build_options.out, "Where to write it; - is standard output")
      ->capture_default_str();
  build->add_flag("--force", build_options.force, "Replace a file that is there");
  hosts_at_once(*build, build_options.forks, build_options.ssh_config);
  build->callback([&chosen] { chosen = build_options; });

  static RankTableCheckOptions check_options;
  auto* check = table->add_subcommand("check", "Check a rank table, strictly");
  check->add_option("file", check_options.file, "The rank table")->required();
  check->add_option("-i,--inventory", check_options.inventory,
                    "Compare with the hosts of this inventory, too");
  check->callback([&chosen] { chosen = check_options; });

  static RankTableDiffOptions diff_options;
  auto* diff = table->add_subcommand("diff", "Say what differs between two rank tables");
  diff->add_option("a", diff_options.a, "One rank table")->required();
  diff->add_option("b", diff_options.b, "Another")->required();
  diff->callback([&chosen] { chosen = diff_options; });
}

}  // namespace touchstone::cli

Command parse_command_line(std::vector<std::string> args) {
  CLI::App app{
      "Touchstone: acceptance and nightly health of Ascend 910B clusters that serve DeepSeek with "
      "MindIE"};
  app.name("touchstone");
  app.set_version_flag("--version", std::string("touchstone ") + kVersion);
  app.require_subcommand(1);
  Command chosen;
  add_run(app, chosen);
  add_fix(app, chosen);
  add_undo(app, chosen);
  add_journal(app, chosen);
  add_list(app, chosen);
  add_coverage(app, chosen);
  add_report(app, chosen);
  add_diff(app, chosen);
  add_history(app, chosen);
  add_init(app, chosen);
  add_profile(app, chosen);
  add_parse(app, chosen);
  add_recordings(app, chosen);
  add_rank_table(app, chosen);
  try {
    std::reverse(args.begin(), args.end());  // CLI11 takes the words from the end
    if (!args.empty()) args.pop_back();      // the program's name
    app.parse(args);
  } catch (const CLI::ParseError& e) {
    const int code = app.exit(e);
    throw Exit{code == 0 ? 0 : kWrongUsage};
  }
  return chosen;
}

}  // namespace touchstone::cli
