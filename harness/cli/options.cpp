#include "harness/cli/options.h"

#include <CLI/CLI.hpp>

#include "harness/cli/exit_codes.h"
#include "harness/cli/options_run.h"
#include "harness/cli/version.h"

namespace touchstone::cli {
namespace {

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
  report->add_option("--html", options.html, "With --format html: a folder, or a single file")
      ->check(CLI::IsMember({"folder", "single"}))
      ->capture_default_str();
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

void add_signing(CLI::App& app, Command& chosen) {
  static SignOptions sign_options;
  auto* sign = app.add_subcommand(
      "sign", "Sign a report: the sums of all its files, by ssh-keygen (docs/signing.md)");
  sign->add_option("report", sign_options.report, "The report's folder")->required();
  sign->add_option("--key", sign_options.key,
                   "A private key, or a public one whose private half the ssh agent has; default: "
                   "the first of ~/.ssh/id_ed25519, id_ecdsa, id_rsa")
      ->type_name("FILE");
  sign->add_flag("--force", sign_options.force, "Replace a signature that is there");
  language(*sign, sign_options.language);
  sign->callback([&chosen] { chosen = sign_options; });

  static VerifyOptions options;
  auto* verify = app.add_subcommand(
      "verify", "Check a report's signature and files, and judge its recording again");
  verify->add_option("report", options.report, "The report's folder")->required();
  auto* signers = verify
                      ->add_option("--signers", options.signers,
                                   "Who may sign: a file of ALLOWED SIGNERS, see ssh-keygen(1)")
                      ->type_name("FILE");
  verify->add_option("--identity", options.identity, "Who of them has to have signed")
      ->type_name("WHO")
      ->needs(signers);
  language(*verify, options.language);
  verify->footer(
      "Exit codes: 0 signed by an allowed signer, all files as signed, the same verdicts; 1 "
      "something of that does not hold; 2 all holds, but nobody knows who signed.");
  verify->callback([&chosen] { chosen = options; });
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

}  // namespace

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
  add_signing(app, chosen);
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
