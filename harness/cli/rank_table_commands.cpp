#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/exit_codes.h"
#include "harness/cli/files.h"
#include "harness/cli/known_secrets.h"
#include "harness/collect/collector.h"
#include "harness/collect/recording.h"
#include "harness/config/inventory.h"
#include "harness/model/clean.h"
#include "harness/model/evidence.h"
#include "harness/model/said.h"
#include "suites/probes.h"
#include "suites/rank_table_build.h"
#include "suites/rank_table_diff.h"

namespace touchstone::cli {
namespace {

const Group& group_named(const Inventory& inventory, const std::string& name) {
  if (name.empty() && inventory.groups.size() == 1) return inventory.groups.front();
  std::string names;
  for (const Group& group : inventory.groups) {
    if (group.name == name) return group;
    names += (names.empty() ? "" : ", ") + group.name;
  }
  throw Failure(kWrongUsage,
                name.empty()
                    ? said("--group:清单中有多个组;请指定其一:{}",
                           "--group: the inventory has several groups; name one of {}", names)
                    : said("--group {}:没有这个组;现有 {}",
                           "--group {}: there is no such group; there are {}", name, names));
}

RankTable read_table(const std::string& path) {
  Parsed<RankTable> table = parse_rank_table(read_input(path, std::size_t{1} << 20), "");
  if (!table) throw Failure(1, said("{}:{}", "{}: {}", path, table.refusal().reason));
  return table.value();
}

int tell(const std::string& path, const std::vector<TableFinding>& findings, Language language) {
  for (const TableFinding& finding : findings) {
    const std::string& text = in(finding.text, language);
    print(harmless(finding.line > 0 ? fmt::format("{}:{}: {}\n", path, finding.line, text)
                                    : fmt::format("{}: {}\n", path, text)));
  }
  return findings.empty() ? 0 : 1;
}

}  // namespace

int rank_table_build(const RankTableBuildOptions& options) {
  Recording recording;
  if (options.replay.empty())
    recording.inventory = load_inventory_to_ask(options.inventory, LocalFiles::kAreNeeded);
  else
    recording = load_recording(options.replay);
  const Inventory& inventory = recording.inventory;
  const Group& group = group_named(inventory, options.group);
  if (options.replay.empty()) {
    std::vector<std::string> hosts;
    for (const Host& host : group.hosts) hosts.push_back(host.name);
    recording.visits = collect(inventory, hosts, {.questions = {kIp}},
                               {.forks = options.forks, .ssh_config = options.ssh_config});
  }
  const EvidenceBook book(inventory, std::move(recording.visits));
  const BuiltTable built = build_rank_table(
      book, group,
      options.form == "hccl-tools" ? RankTableForm::kHcclTools : RankTableForm::kGuide);
  if (!built.problems.empty()) {
    Text text{"rank-table build:没有写出,因为", "rank-table build: nothing was written, because"};
    for (const Text& problem : built.problems) text = text + said("\n  {}", "\n  {}", problem);
    throw Failure(2, text);
  }
  write_output(options.out, built.text, options.force);
  return 0;
}

int rank_table_check(const RankTableCheckOptions& options) {
  const RankTable table = read_table(options.file);
  const std::vector<TableFinding> findings =
      options.inventory.empty() ? check_table(table)
                                : check_table_against(table, load_inventory(options.inventory));
  const int code = tell(options.file, findings, options.language);
  if (code == 0)
    print(in(said("{}:{} 个 server,没有问题\n", "{}: {} servers, nothing wrong\n", options.file,
                  table.servers.size()),
             options.language));
  return code;
}

int rank_table_diff(const RankTableDiffOptions& options) {
  const std::vector<Text> differences =
      diff_rank_tables(read_table(options.a), read_table(options.b));
  for (const Text& difference : differences)
    print(harmless(in(difference, options.language)) + "\n");
  if (differences.empty())
    print(in(Text{"两张表内容相同。\n", "The two tables say the same.\n"}, options.language));
  return differences.empty() ? 0 : 1;
}

}  // namespace touchstone::cli
