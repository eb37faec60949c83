#include "harness/cli/options_run.h"

#include <CLI/CLI.hpp>

namespace touchstone::cli {
namespace {

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

}  // namespace

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
  run->add_option("--html", options.html,
                  "single: leave report.html beside the pages, all of them in one file")
      ->check(CLI::IsMember({"folder", "single"}))
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

}  // namespace touchstone::cli
