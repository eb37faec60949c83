#include "harness/cli/options_run.h"

#include <CLI/CLI.hpp>

namespace touchstone::cli {
namespace {

// --fix and --plan: a risk may follow.
void up_to_risk(CLI::App& app, const char* name, std::optional<Risk>& risk,
                const std::string& help) {
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

void selection(CLI::App& app, Selection& selection, const Spoken& say) {
  app.add_option("--step", selection.steps,
                 say("只查这些步骤(编号):--step 3.1.8,3.1.9",
                     "Only these steps, by id: --step 3.1.8,3.1.9"))
      ->delimiter(',');
  app.add_option("--chapter", selection.chapters,
                 say("只查这些章节:--chapter 3.1", "Only these chapters: --chapter 3.1"))
      ->delimiter(',');
  // A comma may stand inside a pattern's brackets: names_meant() splits what is given here.
  app.add_option("--host", selection.hosts,
                 say("只查这些主机(名称或样式):--host 'node-[01-04],node-07'",
                     "Only these hosts, by name or pattern: --host 'node-[01-04],node-07'"));
}

CLI::Option* inventory(CLI::App& app, std::string& path, const Spoken& say) {
  return app.add_option("-i,--inventory", path, say("集群的清单", "The cluster's inventory"))
      ->capture_default_str();
}

void language(CLI::App& app, Language& language, const Spoken& say) {
  app.add_option_function<std::string>(
         "--lang",
         [&language](const std::string& name) {
           language = name == "zh" ? Language::kZh : Language::kEn;
         },
         say("输出的语言", "Language of what is printed"))
      ->check(CLI::IsMember({"en", "zh"}))
      ->default_str("en");
}

void hosts_at_once(CLI::App& app, int& forks, std::string& ssh_config, const Spoken& say) {
  app.add_option("--forks", forks, say("同时查询多少台主机", "How many hosts are asked at once"))
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  app.add_option("--ssh-config", ssh_config,
                 say("ssh 的配置文件,用来代替用户自己的",
                     "A configuration file for ssh instead of the user's own"));
}

void add_run(CLI::App& app, Command& chosen, const Spoken& say) {
  static RunOptions options;
  auto* run =
      app.add_subcommand("run", say("检查集群并留下报告", "Check the cluster and leave a report"));
  CLI::Option* cluster = inventory(*run, options.inventory, say);
  run->add_option("--replay", options.replay,
                  say("离线重新判定一份录制数据(或报告目录)",
                      "Judge a recording (or a report's folder) again, offline"))
      ->excludes(cluster);  // a recording has its own
  run->add_option("--out", options.out,
                  say("报告目录;默认在 touchstone-report/ 下新建",
                      "Folder of the report; default: a fresh one below touchstone-report/"));
  run->add_flag("--force", options.force,
                say("目录非空也写入", "Write into a folder that is not empty"));
  selection(*run, options.selection, say);
  hosts_at_once(*run, options.forks, options.ssh_config, say);
  run->add_option(
         "--collective", options.collective,
         say("同时运行主机上的这个 all_reduce_test(步骤 3.1.16):PATH;会占用全部 NPU",
             "Run this all_reduce_test of the hosts, too (step 3.1.16): PATH; loads all NPUs"))
      ->type_name("PATH");
  run->add_option(
         "--second-look", options.second_look,
         say("两次读取错误计数之间的秒数", "Seconds between the two looks at error counters"))
      ->check(CLI::Range(0.0, 60.0))
      ->capture_default_str();
  run->add_flag("--deep", options.deep,
                say("在每台主机上通读权重的全部分片并比较内容(步骤 5.1.2):需要几分钟到几小时",
                    "Read every shard of the weights on every host and compare the contents (step "
                    "5.1.2): minutes to hours"));
  auto* recheck =
      run->add_option("--recheck", options.recheck,
                      say("不通过或无法判定的,最多再查 N 次;再查才通过的标记为不稳定",
                          "Ask what failed, or could not be told, again, up to N times; a "
                          "pass is marked flaky then"))
          ->check(CLI::Range(0, 10))
          ->type_name("N");
  run->add_option("--after", options.recheck_after,
                  say("每次再查之前等待的秒数", "Seconds before each time"))
      ->check(CLI::Range(0.0, 3600.0))
      ->needs(recheck)
      ->capture_default_str();
  run->add_option("--waivers", options.waivers,
                  say("在一段时间内接受的不通过项:豁免文件(docs/waivers.md)",
                      "Failures that are accepted for a while: a file (docs/waivers.md)"))
      ->type_name("FILE");
  run->add_option("--history", options.history,
                  say("把本次运行记入历史,并说明有何变化(docs/history.md)",
                      "Add this run to a history, and tell what changed (docs/history.md)"))
      ->type_name("FILE");
  run->add_option("--baseline", options.baseline,
                  say("说明自这次运行以来有何变动:其 run.json 或报告目录",
                      "Tell what moved since this run: its run.json, or the report's folder"))
      ->type_name("RUN");
  run->add_option("--metrics", options.metrics,
                  say("为 node_exporter 的 textfile collector 写出指标:PATH/NAME.prom",
                      "Write gauges for node_exporter's textfile collector: PATH/NAME.prom"))
      ->type_name("FILE");
  language(*run, options.language, say);
  run->add_option("--junit-flavour", options.junit_flavour,
                  say("junit.xml 写给谁读", "For whom junit.xml is written"))
      ->check(CLI::IsMember({"jenkins", "xunit"}))
      ->capture_default_str();
  run->add_option("--html", options.html,
                  say("single:另写一个 report.html,全部页面合为一个文件",
                      "single: leave report.html beside the pages, all of them in one file"))
      ->check(CLI::IsMember({"folder", "single"}))
      ->capture_default_str();
  up_to_risk(
      *run, "--fix", options.fix,
      say("先展示计划,再修复允许修复的:风险最高为 `safe`(默认)、`service` 或 `disruptive`",
          "Repair what may be repaired, after showing the plan: at most `safe` (the default), "
          "`service` or `disruptive`"));
  up_to_risk(
      *run, "--plan", options.plan,
      say("打印 --fix 会做什么,不做任何改动;给出风险时,即 --fix=RISK 会做什么",
          "Print what --fix would do, and do nothing; with a risk, what --fix=RISK would do"));
  run->add_flag("--yes", options.yes,
                say("与 --fix 同用:动手之前不再询问", "With --fix: do not ask before it is done"));
  run->add_flag("-q,--quiet", options.quiet, say("只打印结论", "Print the verdict only"));
  run->add_flag("!--no-colour", options.colour,
                say("即使在终端上也不用颜色", "No colours, even on a terminal"));
  run->footer(say(
      "gtest 自己的选项(--gtest_output=…、--gtest_list_tests)作用于判定结果。退出码:0 验收通过,1 "
      "验收不通过,2 无法判定,64 用法错误,73 报告写不出去,78 配置错误,130 被中断。",
      "gtest's own options (--gtest_output=…, --gtest_list_tests) work on the verdicts. Exit "
      "codes: 0 accepted, 1 rejected, 2 could not tell, 64 wrong usage, 73 the report cannot be "
      "written, 78 wrong configuration, 130 interrupted."));
  run->callback([&chosen] { chosen = options; });
}

}  // namespace touchstone::cli
