#include "suites/rank_table_build.h"

#include <algorithm>

#include <fmt/format.h>

#include "harness/model/rank_table_order.h"
#include "suites/probes.h"
#include "suites/rank_table_servers.h"
#include "suites/visit_end.h"

namespace touchstone {
namespace {

RankTable::Server server_of(const EvidenceBook& book, const Group& group, const Host& host,
                            std::vector<Text>& problems) {
  RankTable::Server server{.server_id = host.service_address, .container_ip = host.service_address};
  ReadLog log;
  const std::size_t before = problems.size();
  for (int npu = 0; npu < host.npus; ++npu) {
    const Evidence evidence(book, {.group = group.name, .host = host.name, .npu = npu}, log);
    try {
      server.devices.push_back(
          {.device_id = std::to_string(npu), .device_ip = evidence[kIp].address});
    } catch (const NoEvidence& missing) {
      problems.push_back(missing.why());
    }
  }
  // One cause is one line: that its host did not answer, not that none of its NPUs did.
  const Visit* visit = book.visit(host.name);
  if (problems.size() > before && visit)
    if (auto why = why_unanswered(*visit)) {
      problems.resize(before);
      problems.push_back(*std::move(why));
    }
  return server;
}

// The master must come first; where the profile's order puts another server there, nobody but the
// site can decide.
void expect_master_first(const RankTable& table, const Group& group, const std::string& order,
                         std::vector<Text>& problems) {
  const Host* master = displaced_master(table, group);
  if (!master) return;
  const std::string& first = table.servers.front().server_id;
  problems.push_back(
      {fmt::format(
           "按 {} 顺序,{} 在首位,而清单的主节点是 {}({})。请修改 master 或 site: rank_table_order",
           order, first, master->name, master->service_address),
       fmt::format(
           "in {} order {} comes first, but the inventory's master is {} ({}); change `master`, or "
           "`rank_table_order` under `site`",
           order, first, master->name, master->service_address)});
}

// "any" keeps the inventory's order, but for the master, who comes first.
void sort_servers(RankTable& table, const Group& group, const std::string& order) {
  const std::vector<std::string> ids = rank_table_ordered(server_ids(table), order);
  const Host* master = order == "any" && !group.master.empty() ? group.find(group.master) : nullptr;
  auto place = [&](const RankTable::Server& server) {
    if (master && server.server_id == master->service_address) return std::ptrdiff_t{-1};
    return std::find(ids.begin(), ids.end(), server.server_id) - ids.begin();
  };
  std::stable_sort(table.servers.begin(), table.servers.end(),
                   [&](const auto& a, const auto& b) { return place(a) < place(b); });
}

const Group* group_of(const RankTable& table, const Inventory& inventory) {
  const Group* best = nullptr;
  std::size_t most = 0;
  for (const Group& group : inventory.groups) {
    const std::size_t shared = table.servers.size() - foreign_servers(table, group).size();
    if (shared > most) {
      most = shared;
      best = &group;
    }
  }
  return best;
}

// An address that looks wrong may be meant: the inventory names it.
bool meant(const RankTableProblem& problem, const RankTable& table, const Group& group) {
  if (problem.code != RankTableProblem::Code::kServerId) return false;
  const std::string& id = table.servers.at(static_cast<std::size_t>(problem.server)).server_id;
  return std::any_of(group.hosts.begin(), group.hosts.end(),
                     [&id](const Host& host) { return host.service_address == id; });
}

}  // namespace

BuiltTable build_rank_table(const EvidenceBook& book, const Group& group, RankTableForm form) {
  BuiltTable built;
  RankTable table;
  for (const Host& host : group.hosts)
    table.servers.push_back(server_of(book, group, host, built.problems));
  const std::string& order = book.inventory().profile.rank_table_order;
  sort_servers(table, group, order);
  number_rank_table(table);
  expect_master_first(table, group, order, built.problems);
  for (const RankTableProblem& problem : check_rank_table(table))
    if (!meant(problem, table, group) && problem.code != RankTableProblem::Code::kDevicesDiffer &&
        built.problems.empty())
      built.problems.push_back(problem.message);
  if (built.problems.empty()) built.text = write_rank_table(table, form);
  return built;
}

std::vector<TableFinding> check_table(const RankTable& table) {
  std::vector<TableFinding> findings;
  for (const RankTableProblem& problem : check_rank_table(table))
    findings.push_back({problem.message, problem.line});
  return findings;
}

std::vector<TableFinding> check_table_against(const RankTable& table, const Inventory& inventory) {
  const Group* group = group_of(table, inventory);
  std::vector<TableFinding> findings;
  for (const RankTableProblem& problem : check_rank_table(table))
    if (!group || !meant(problem, table, *group))
      findings.push_back({problem.message, problem.line});
  if (!group) {
    findings.push_back(
        {{"表中没有清单里的任何主机", "no server of the table is a host of the inventory"}, 0});
    return findings;
  }
  for (const RankTable::Server* server : foreign_servers(table, *group))
    findings.push_back({{fmt::format("{} 不是 {} 组的主机", server->server_id, group->name),
                         fmt::format("{} is no host of {}", server->server_id, group->name)},
                        server->line});
  for (const Host* host : missing_hosts(table, *group))
    findings.push_back({{fmt::format("缺少 {}({})", host->name, host->service_address),
                         fmt::format("{} ({}) is missing", host->name, host->service_address)},
                        0});
  if (const Host* master = displaced_master(table, *group)) {
    const RankTable::Server& first = table.servers.front();
    findings.push_back({{fmt::format("首位应是主节点 {}({}),实为 {}", master->name,
                                     master->service_address, first.server_id),
                         fmt::format("the master {} ({}) should come first, not {}", master->name,
                                     master->service_address, first.server_id)},
                        first.line});
  }
  if (const std::string& order = inventory.profile.rank_table_order;
      !in_rank_table_order(server_ids(table), order))
    findings.push_back({{fmt::format("server 不是 {} 顺序", order),
                         fmt::format("the servers are not in {} order", order)},
                        0});
  return findings;
}

}  // namespace touchstone
