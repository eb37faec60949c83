#include <CLI/CLI.hpp>

#include "harness/cli/options_run.h"

// The commands that are no run over a cluster: what goes before one, and tools for single files.
namespace touchstone::cli {

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
  language(*init, options.language);
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
  language(*show, options.language);
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
  language(*parse, options.language);
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
  language(*script, script_options.language);
  script->callback([&chosen] { chosen = script_options; });

  static ImportOptions import_options;
  auto* recording = app.add_subcommand("recording", "Work with recordings")->require_subcommand(1);
  auto* importing =
      recording->add_subcommand("import", "Make a recording of what the collection script printed");
  inventory(*importing, import_options.inventory);
  importing->add_option("files", import_options.files, "One file a host")->required();
  importing->add_option("--out", import_options.out, "Folder of the recording")->required();
  importing->add_flag("--force", import_options.force,
                      "Replace an earlier recording in that folder");
  language(*importing, import_options.language);
  importing->callback([&chosen] { chosen = import_options; });
}

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
  language(*build, build_options.language);
  build->callback([&chosen] { chosen = build_options; });

  static RankTableCheckOptions check_options;
  auto* check = table->add_subcommand("check", "Check a rank table, strictly");
  check->add_option("file", check_options.file, "The rank table")->required();
  check->add_option("-i,--inventory", check_options.inventory,
                    "Compare with the hosts of this inventory, too");
  language(*check, check_options.language);
  check->callback([&chosen] { chosen = check_options; });

  static RankTableDiffOptions diff_options;
  auto* diff = table->add_subcommand("diff", "Say what differs between two rank tables");
  diff->add_option("a", diff_options.a, "One rank table")->required();
  diff->add_option("b", diff_options.b, "Another")->required();
  language(*diff, diff_options.language);
  diff->callback([&chosen] { chosen = diff_options; });
}

}  // namespace touchstone::cli
