#include "harness/cli/options.h"

#include <CLI/CLI.hpp>

#include "harness/cli/exit_codes.h"
#include "harness/cli/options_run.h"
#include "harness/cli/version.h"

namespace touchstone::cli {
namespace {

void add_fix(CLI::App& app, Command& chosen, const Spoken& say) {
  static FixOptions options;
  auto* fix = app.add_subcommand("fix", say("原样执行 `run --plan` 留下的计划",
                                            "Apply a plan of `run --plan`, exactly as it is"));
  fix->add_option("plan", options.plan,
                  say("plan.json 或报告目录", "The plan.json, or the report's folder"))
      ->required();
  inventory(*fix, options.inventory, say);
  fix->add_option("--out", options.out,
                  say("日志的目录;默认在 touchstone-report/ 下新建",
                      "Folder of the journal; default: a fresh one below touchstone-report/"));
  fix->add_flag("--yes", options.yes, say("动手之前不再询问", "Do not ask before it is done"));
  hosts_at_once(*fix, options.forks, options.ssh_config, say);
  language(*fix, options.language, say);
  fix->callback([&chosen] { chosen = options; });
}

void add_undo(CLI::App& app, Command& chosen, const Spoken& say) {
  static UndoOptions options;
  auto* undo = app.add_subcommand(
      "undo", say("由新到旧还原 --fix 的改动", "Take back what --fix has changed, newest first"));
  undo->add_option("journal", options.journal,
                   say("journal.jsonl 或报告目录", "The journal.jsonl, or the report's folder"))
      ->required();
  undo->add_option("-i,--inventory", options.inventory,
                   say("集群的清单;默认用日志中所记的那份",
                       "The cluster's inventory; default: the one that the journal names"));
  undo->add_option("--step", options.steps,
                   say("只还原为这些步骤所做的修复", "Only what repaired these steps"))
      ->delimiter(',');
  undo->add_option("--host", options.hosts,
                   say("只还原这些主机(名称或样式)", "Only on these hosts, by name or pattern"));
  undo->add_flag("--yes", options.yes, say("动手之前不再询问", "Do not ask before it is done"));
  hosts_at_once(*undo, options.forks, options.ssh_config, say);
  language(*undo, options.language, say);
  undo->callback([&chosen] { chosen = options; });
}

void add_journal(CLI::App& app, Command& chosen, const Spoken& say) {
  auto* journal = app.add_subcommand("journal", say("--fix 的日志", "Journals of --fix"))
                      ->require_subcommand(1);
  static JournalOptions options;
  auto* show = journal->add_subcommand(
      "show", say("说明做了什么、当时正在做什么", "Tell what was done, and what was under way"));
  show->add_option("journal", options.journal,
                   say("journal.jsonl 或报告目录", "The journal.jsonl, or the report's folder"))
      ->required();
  language(*show, options.language, say);
  show->callback([&chosen] { chosen = options; });
}

void add_list(CLI::App& app, Command& chosen, const Spoken& say) {
  static ListOptions options;
  auto* list = app.add_subcommand("list", say("列出将要检查什么", "Show what would run"));
  list->add_option("-i,--inventory", options.inventory,
                   say("同时按这份清单统计对象数", "Count the targets of this inventory, too"));
  selection(*list, options.selection, say);
  language(*list, options.language, say);
  list->callback([&chosen] { chosen = options; });
}

void add_coverage(CLI::App& app, Command& chosen, const Spoken& say) {
  static CoverageOptions options;
  auto* coverage = app.add_subcommand(
      "coverage", say("列出指南的每条指令,以及由哪些步骤核对",
                      "Show every instruction of the guide, and the steps that assert it"));
  coverage->add_option("--run", options.run,
                       say("附上这次运行的判定:其 run.json 或报告目录",
                           "With the verdicts of this run: its run.json, or the report's folder"));
  language(*coverage, options.language, say);
  coverage->add_flag("--json", options.json, say("以 JSON 输出", "As JSON"));
  coverage->callback([&chosen] { chosen = options; });
}

void add_report(CLI::App& app, Command& chosen, const Spoken& say) {
  static ReportOptions options;
  auto* report = app.add_subcommand(
      "report", say("由 run.json 重新生成报告", "Make a report again from a run.json"));
  report
      ->add_option("run", options.run,
                   say("run.json 或报告目录", "A run.json, or the report's folder"))
      ->required();
  report->add_option("--format", options.format, say("生成什么", "What to make of it"))
      ->check(CLI::IsMember({"console", "html", "junit", "json", "metrics", "ctrf"}))
      ->capture_default_str();
  report->add_option("-o,--out", options.out,
                     say("写到哪里;默认为标准输出。html 为目录",
                         "Where to write it; default: standard output. Of html, a folder"));
  report
      ->add_option("--html", options.html,
                   say("与 --format html 同用:一个目录,或单个文件",
                       "With --format html: a folder, or a single file"))
      ->check(CLI::IsMember({"folder", "single"}))
      ->capture_default_str();
  report->add_flag("--force", options.force, say("覆盖已有的文件", "Replace files that are there"));
  language(*report, options.language, say);
  report
      ->add_option("--junit-flavour", options.junit_flavour,
                   say("JUnit 写给谁读", "For whom JUnit is written"))
      ->check(CLI::IsMember({"jenkins", "xunit"}))
      ->capture_default_str();
  report->callback([&chosen] { chosen = options; });
}

void add_diff(CLI::App& app, Command& chosen, const Spoken& say) {
  static DiffOptions options;
  auto* diff = app.add_subcommand(
      "diff", say("说明两次运行之间有何变动", "Say what moved between two runs"));
  diff->add_option("a", options.a, say("run.json 或报告目录", "A run.json, or the report's folder"))
      ->required();
  diff->add_option("b", options.b, say("另一个", "Another"))->required();
  language(*diff, options.language, say);
  diff->callback([&chosen] { chosen = options; });
}

void add_signing(CLI::App& app, Command& chosen, const Spoken& say) {
  static SignOptions sign_options;
  auto* sign = app.add_subcommand(
      "sign", say("签署报告:由 ssh-keygen 对全部文件的校验和签名(docs/signing.md)",
                  "Sign a report: the sums of all its files, by ssh-keygen (docs/signing.md)"));
  sign->add_option("report", sign_options.report, say("报告目录", "The report's folder"))
      ->required();
  sign->add_option(
          "--key", sign_options.key,
          say("私钥,或私钥在 ssh agent 中的公钥;默认为 ~/.ssh/id_ed25519、id_ecdsa、id_rsa "
              "中的第一个",
              "A private key, or a public one whose private half the ssh agent has; default: "
              "the first of ~/.ssh/id_ed25519, id_ecdsa, id_rsa"))
      ->type_name("FILE");
  sign->add_flag("--force", sign_options.force,
                 say("覆盖已有的签名", "Replace a signature that is there"));
  language(*sign, sign_options.language, say);
  sign->callback([&chosen] { chosen = sign_options; });

  static VerifyOptions options;
  auto* verify = app.add_subcommand(
      "verify", say("核对报告的签名与文件,并重新判定其录制数据",
                    "Check a report's signature and files, and judge its recording again"));
  verify->add_option("report", options.report, say("报告目录", "The report's folder"))->required();
  auto* signers =
      verify
          ->add_option("--signers", options.signers,
                       say("谁有权签署:ALLOWED SIGNERS 文件,见 ssh-keygen(1)",
                           "Who may sign: a file of ALLOWED SIGNERS, see ssh-keygen(1)"))
          ->type_name("FILE");
  verify
      ->add_option("--identity", options.identity,
                   say("必须由其中哪一位签署", "Who of them has to have signed"))
      ->type_name("WHO")
      ->needs(signers);
  language(*verify, options.language, say);
  verify->footer(
      say("退出码:0 由获准的人签署,文件均与签署时相同,判定也相同;1 其中有不成立的;2 "
          "均成立,但不知道由谁签署。",
          "Exit codes: 0 signed by an allowed signer, all files as signed, the same verdicts; 1 "
          "something of that does not hold; 2 all holds, but nobody knows who signed."));
  verify->callback([&chosen] { chosen = options; });
}

void add_history(CLI::App& app, Command& chosen, const Spoken& say) {
  static HistoryOptions options;
  using What = HistoryOptions::What;
  auto* history = app.add_subcommand("history", say("查看 --history 所记的历史",
                                                    "Look at what --history has kept"))
                      ->require_subcommand(1);
  const auto add = [&](const char* name, const std::string& help, What what) {
    auto* one = history->add_subcommand(name, help);
    one->add_option("file", options.file, say("历史文件", "The history"))->required();
    one->callback([&chosen, what] {
      options.what = what;
      chosen = options;
    });
    return one;
  };
  auto* show =
      add("show", say("各次运行,以及最近一次的变化", "The runs, and what changed in the last one"),
          What::kShow);
  auto* trend = add("trend", say("反复不通过的项目", "What failed again and again"), What::kTrend);
  auto* compare =
      add("compare", say("两次运行有何不同", "What differs between two runs"), What::kCompare);
  auto* prune = add("prune", say("删除旧的运行", "Remove old runs"), What::kPrune);
  for (auto* one : {show, trend, compare, prune}) language(*one, options.language, say);
  for (auto* one : {show, trend}) {
    one->add_option("--cluster", options.cluster, say("只看这个集群", "Of this cluster only"));
    one->add_option("--last", options.last, say("显示多少次运行", "How many runs are shown"))
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
  }
  compare
      ->add_option("a", options.a,
                   say("一次运行:`show` 列出的编号或开始时间",
                       "A run: its number or its beginning as `show` has it"))
      ->required();
  compare->add_option("b", options.b, say("另一个", "Another"))->required();
  prune
      ->add_option("--keep-days", options.keep_days,
                   say("保留最近多少天的运行", "Runs of the last so many days stay"))
      ->check(CLI::Range(1, 36500))
      ->required();
}

}  // namespace

Command parse_command_line(std::vector<std::string> args) {
  const Spoken say(language_in(args));
  CLI::App app{
      say("试金石(Touchstone):以 MindIE 提供 DeepSeek 服务的昇腾 910B 集群的验收与夜间巡检",
          "Touchstone: acceptance and nightly health of Ascend 910B clusters that serve "
          "DeepSeek with MindIE")};
  app.name("touchstone");
  speak(app, say);
  app.set_version_flag("--version", std::string("touchstone ") + kVersion,
                       say("打印版本", "Display program version information and exit"));
  app.require_subcommand(1);
  Command chosen;
  add_run(app, chosen, say);
  add_fix(app, chosen, say);
  add_undo(app, chosen, say);
  add_journal(app, chosen, say);
  add_list(app, chosen, say);
  add_coverage(app, chosen, say);
  add_report(app, chosen, say);
  add_diff(app, chosen, say);
  add_signing(app, chosen, say);
  add_history(app, chosen, say);
  add_init(app, chosen, say);
  add_profile(app, chosen, say);
  add_parse(app, chosen, say);
  add_recordings(app, chosen, say);
  add_rank_table(app, chosen, say);
  gather(app, say);
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
