#include <fmt/format.h>

#include "suites/change_parts.h"
#include "suites/known.h"
#include "suites/probes.h"
#include "suites/probes_config.h"
#include "suites/rank_table_build.h"
#include "suites/rank_table_rules.h"
#include "suites/remedies.h"

namespace touchstone {
namespace {

Evidence of_host(const Evidence& any, const Host& host, ReadLog& log) {
  return Evidence(any.book(), {.group = any.group().name, .host = host.name}, log);
}

RankTable without_lines(RankTable table) {
  for (RankTable::Server& server : table.servers) {
    server.line = 0;
    server.host_nic_ip.reset();
    for (RankTable::Device& device : server.devices) device.line = 0;
  }
  return table;
}

// A table of addresses that are about to be corrected would be wrong right afterwards.
void need_planned_addresses(const Evidence& any) {
  for (const auto& [host, planned] : any.group().npu_network)
    for (std::size_t npu = 0; npu < planned.size(); ++npu) {
      const HccnIp* ip = known(any.book(), host, static_cast<int>(npu), kIp);
      if (ip && !planned[npu].address.empty() && ip->address != planned[npu].address)
        throw NoEvidence(
            {fmt::format("先改正 {} NPU {} 的地址(3.1.10)", host, npu),
             fmt::format("the address of NPU {} of {} is corrected first (3.1.10)", npu, host)});
    }
}

// The bytes that every host should have: those of a host whose table says the same as the live
// addresses (the master's before others), so that nothing right is written anew; else a new table.
std::string right_table(const Evidence& any) {
  BuiltTable built = build_rank_table(any.book(), any.group(), RankTableForm::kGuide);
  if (!built.problems.empty()) throw NoEvidence(built.problems.front());
  const RankTable wanted = without_lines(parse_rank_table(built.text, "").value());
  std::vector<const Host*> hosts;
  if (const Host* master = any.group().master_host(any.profile())) hosts.push_back(master);
  for (const Host& host : any.group().hosts) hosts.push_back(&host);
  for (const Host* host : hosts) {
    ReadLog log;
    const Evidence evidence = of_host(any, *host, log);
    const RankTable* table = known(evidence, kRankTable);
    const Answer* answer = evidence.answer(kRankTable);
    if (table && answer->exit_code == 0 && without_lines(*table) == wanted) return answer->out;
  }
  return built.text;
}

// The table tells the addresses that the NPUs of this host had when they were asked. $1, $2, …: the
// addresses of NPU 0, 1, …; an answer that has not exactly one, and nothing else in its line, is
// none.
const char* const kHaveAddresses =
    "n=0\n"
    "for a do\n"
    "  t=$(hccn_tool -i $n -ip -g) || exit 1\n"
    "  t=$(printf '%s\\n' \"$t\" | sed -n "
    "'s/^[[:space:]]*ipaddr:[[:space:]]*\\([^[:space:]]*\\)[[:space:]]*$/\\1/p')\n"
    "  [ \"$t\" = \"$a\" ] || exit 1\n"
    "  n=$((n + 1))\n"
    "done";

Change::Guard has_these_addresses(const Evidence& host) {
  std::vector<std::string> addresses;
  for (const Evidence& npu : host.npus()) addresses.push_back(npu[kIp].address);
  const std::string& name = host.target().host;
  return {.argv = shell(kHaveAddresses, addresses),
          .otherwise = {fmt::format("{} 的 NPU 地址已不是表中所写的;请重新生成计划", name),
                        fmt::format("the NPUs of {} do not have the addresses of the table any "
                                    "more; make a new plan",
                                    name)},
          .seconds = 60};
}

}  // namespace

std::vector<Change> fix_rank_table(const Evidence& any) {
  need_all_hosts(any);
  need_planned_addresses(any);
  const Group& group = any.group();
  const std::string& text =
      any.book().once(group, "right rank table", [&] { return right_table(any); });
  std::vector<Change> changes;
  for (const Host& host : group.hosts) {
    ReadLog log;
    const Evidence evidence = of_host(any, host, log);
    const std::optional<std::string> was = text_of_file(evidence, kRankTable);
    const auto& stat = evidence.parsed(kRankTableStat);
    if (stat && !stat.value().is_regular())
      throw NoEvidence(
          {host.name + ":" + group.rank_table + " 不是普通文件,请手工移开",
           host.name + ": " + group.rank_table + " is no regular file; move it away by hand"});
    if (was == text) continue;
    changes.push_back(
        {.host = host.name,
         .subject = group.rank_table,
         .stage = Stage::kRankTable,
         .what = {fmt::format("写入组 {} 的 rank table:{}", group.name, group.rank_table),
                  fmt::format("write the rank table of {}: {}", group.name, group.rank_table)},
         .file = FileChange{.path = on_host(host, group.rank_table),
                            .content = text,
                            .was = was,
                            .mode = mode_text(mode_of_digits(any.profile().rank_table_mode)),
                            .owner = group.service_user},
         .guards = {has_these_addresses(evidence)},
         .hosts_needed = names_of_hosts(group)});
  }
  return changes;
}

// Where the host's own table is wrong, that one comes first; what the container sees of it then is
// seen in the next round.
std::vector<Change> fix_rank_table_inside(const Evidence& host) {
  const bool same = text_of_file(host, kRankTable) == text_of_file(host, kServiceRankTable);
  if (same || !container_ip_problems(host[kRankTable], host.profile()).empty())
    return fix_rank_table(host);
  return fix_older_mount(host, host.group().rank_table);
}

std::vector<Change> fix_rank_table_rights(const Evidence& host) {
  const FileStat& file = host[kRankTableStat];
  const std::string path = host.group().rank_table;
  if (!file.is_regular())
    throw NoEvidence(
        {path + " 不是普通文件,请手工移开", path + " is no regular file; move it away by hand"});
  const int limit = mode_of_digits(host.profile().rank_table_mode);
  Rights wanted{.mode = mode_within(file.mode, limit) ? "" : mode_text(limit),
                .owner = file.owner == host.group().service_user ? "" : host.group().service_user};
  return {rights_change(host, false, path,
                        {mode_text(file.mode), file.owner, std::to_string(file.uid)}, wanted)};
}

}  // namespace touchstone
