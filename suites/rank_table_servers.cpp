#include "suites/rank_table_servers.h"

#include <set>
#include <string_view>

namespace touchstone {

std::vector<std::string> server_ids(const RankTable& table) {
  std::vector<std::string> ids;
  for (const RankTable::Server& server : table.servers) ids.push_back(server.server_id);
  return ids;
}

std::vector<const Host*> missing_hosts(const RankTable& table, const Group& group) {
  std::set<std::string_view> listed;
  for (const RankTable::Server& server : table.servers) listed.insert(server.server_id);
  std::vector<const Host*> missing;
  for (const Host& host : group.hosts)
    if (!listed.contains(host.service_address)) missing.push_back(&host);
  return missing;
}

std::vector<const RankTable::Server*> foreign_servers(const RankTable& table, const Group& group) {
  std::set<std::string_view> known;
  for (const Host& host : group.hosts) known.insert(host.service_address);
  std::vector<const RankTable::Server*> foreign;
  for (const RankTable::Server& server : table.servers)
    if (!known.contains(server.server_id)) foreign.push_back(&server);
  return foreign;
}

const Host* displaced_master(const RankTable& table, const Group& group) {
  const Host* master = group.master.empty() ? nullptr : group.find(group.master);
  const bool displaced = master && !table.servers.empty() &&
                         table.servers.front().server_id != master->service_address;
  return displaced ? master : nullptr;
}

}  // namespace touchstone
