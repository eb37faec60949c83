#include <CLI/CLI.hpp>

#include "harness/cli/options_run.h"

// The commands that are no run over a cluster: what goes before one, and tools for single files.
namespace touchstone::cli {

void add_init(CLI::App& app, Command& chosen, const Spoken& say) {
  static InitOptions options;
  auto* init = app.add_subcommand("init", say("起草清单", "Write a first inventory"));
  init->add_option("hosts", options.hosts,
                   say("主机:node-01、user@host:port、name=address、'node-[01-16]'",
                       "Hosts: node-01, user@host:port, name=address, 'node-[01-16]'"));
  auto* table = init->add_option("--from-rank-table", options.from_rank_table,
                                 say("从 rank table 取主机", "Take the hosts from a rank table"));
  init->add_option(
          "--from-ansible", options.from_ansible,
          say("从 Ansible 清单(INI)取主机", "Take the hosts from an Ansible inventory (INI)"))
      ->excludes(table);
  init->add_option("--profile", options.profile,
                   say("清单所用的配置档", "The profile to name in it"))
      ->capture_default_str();
  init->add_option("--cluster", options.cluster, say("集群的名称", "The cluster's name"))
      ->capture_default_str();
  init->add_option("-o,--out", options.out,
                   say("写到哪里;- 为标准输出", "Where to write it; - is standard output"))
      ->capture_default_str();
  init->add_flag("--force", options.force, say("覆盖已有的文件", "Replace a file that is there"));
  language(*init, options.language, say);
  init->callback([&chosen] {
    if (options.hosts.empty() && options.from_rank_table.empty() && options.from_ansible.empty())
      throw CLI::RequiredError("HOST, --from-rank-table or --from-ansible");
    chosen = options;
  });
}

void add_profile(CLI::App& app, Command& chosen, const Spoken& say) {
  static ProfileOptions options;
  auto* profile =
      app.add_subcommand("profile", say("显示指南给出的值", "Show what the guide promises"))
          ->require_subcommand(1);
  profile->add_subcommand("list", say("配置档的名称", "The names of the profiles"))
      ->callback([&chosen] { chosen = ProfileOptions{}; });
  auto* show =
      profile->add_subcommand("show", say("一个配置档的内容", "The values of one profile"));
  language(*show, options.language, say);
  show->add_option("name", options.name, say("名称,或文件", "Its name, or a file"))->required();
  show->callback([&chosen] { chosen = options; });
}

void add_parse(CLI::App& app, Command& chosen, const Spoken& say) {
  static ParseOptions options;
  static bool list = false;
  auto* parse =
      app.add_subcommand("parse", say("读取工具的输出,以 JSON 打印其中的值",
                                      "Read a tool's output and print its values as JSON"));
  parse->add_option("kind", options.kind,
                    say("种类:hccn-link、npu-smi-info、rank-table ……",
                        "What it is: hccn-link, npu-smi-info, rank-table …"));
  parse->add_option("file", options.file,
                    say("工具的输出;默认为标准输入", "The output; default: standard input"));
  parse->add_flag("--list", list, say("列出全部种类", "Name the kinds"));
  language(*parse, options.language, say);
  parse->callback([&chosen] {
    if (!list && options.kind.empty()) throw CLI::RequiredError("KIND or --list");
    if (list) options.kind.clear();
    chosen = options;
  });
}

void add_recordings(CLI::App& app, Command& chosen, const Spoken& say) {
  static ScriptOptions script_options;
  auto* script = app.add_subcommand(
      "script", say("为网络不通的主机打印采集脚本",
                    "Print the collection script for hosts without a network path"));
  inventory(*script, script_options.inventory, say);
  selection(*script, script_options.selection, say);
  language(*script, script_options.language, say);
  script->callback([&chosen] { chosen = script_options; });

  static ImportOptions import_options;
  auto* recording = app.add_subcommand("recording", say("处理录制数据", "Work with recordings"))
                        ->require_subcommand(1);
  auto* importing = recording->add_subcommand(
      "import", say("把采集脚本的输出做成录制数据",
                    "Make a recording of what the collection script printed"));
  inventory(*importing, import_options.inventory, say);
  importing->add_option("files", import_options.files, say("每台主机一个文件", "One file a host"))
      ->required();
  importing
      ->add_option("--out", import_options.out, say("录制数据的目录", "Folder of the recording"))
      ->required();
  importing->add_flag(
      "--force", import_options.force,
      say("覆盖该目录中已有的录制数据", "Replace an earlier recording in that folder"));
  language(*importing, import_options.language, say);
  importing->callback([&chosen] { chosen = import_options; });
}

void add_rank_table(CLI::App& app, Command& chosen, const Spoken& say) {
  auto* table = app.add_subcommand("rank-table", say("生成、检查、比较 rank table",
                                                     "Build, check and compare rank tables"))
                    ->require_subcommand(1);
  static RankTableBuildOptions build_options;
  auto* build =
      table->add_subcommand("build", say("按 NPU 当前的地址生成合并的 rank table",
                                         "Build the merged table from the live addresses"));
  inventory(*build, build_options.inventory, say);
  build->add_option("--replay", build_options.replay,
                    say("从录制数据取地址", "Take the addresses from a recording"));
  build->add_option(
      "--group", build_options.group,
      say("组;只有一个组时可以不写", "The group; may be left out where there is one"));
  build
      ->add_option(
          "--form", build_options.form,
          say("guide:带 container_ip;hccl-tools:与 hccl_tools.py、merge_hccl.py 所写的相同",
              "guide: with container_ip; hccl-tools: as hccl_tools.py and merge_hccl.py write"))
      ->check(CLI::IsMember({"guide", "hccl-tools"}))
      ->capture_default_str();
  build
      ->add_option("-o,--out", build_options.out,
                   say("写到哪里;- 为标准输出", "Where to write it; - is standard output"))
      ->capture_default_str();
  build->add_flag("--force", build_options.force,
                  say("覆盖已有的文件", "Replace a file that is there"));
  hosts_at_once(*build, build_options.forks, build_options.ssh_config, say);
  language(*build, build_options.language, say);
  build->callback([&chosen] { chosen = build_options; });

  static RankTableCheckOptions check_options;
  auto* check =
      table->add_subcommand("check", say("严格检查 rank table", "Check a rank table, strictly"));
  check->add_option("file", check_options.file, say("rank table 文件", "The rank table"))
      ->required();
  check->add_option(
      "-i,--inventory", check_options.inventory,
      say("同时与这份清单的主机比较", "Compare with the hosts of this inventory, too"));
  language(*check, check_options.language, say);
  check->callback([&chosen] { chosen = check_options; });

  static RankTableDiffOptions diff_options;
  auto* diff = table->add_subcommand(
      "diff", say("说明两个 rank table 有何不同", "Say what differs between two rank tables"));
  diff->add_option("a", diff_options.a, say("一个 rank table", "One rank table"))->required();
  diff->add_option("b", diff_options.b, say("另一个", "Another"))->required();
  language(*diff, diff_options.language, say);
  diff->callback([&chosen] { chosen = diff_options; });
}

}  // namespace touchstone::cli
