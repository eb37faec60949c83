#pragma once

#include <string>
#include <vector>

#include "harness/model/inventory.h"
#include "harness/parse/rank_table.h"

// The servers of a rank table beside the hosts of a group.
namespace touchstone {

std::vector<std::string> server_ids(const RankTable& table);
std::vector<const Host*> missing_hosts(const RankTable& table, const Group& group);
std::vector<const RankTable::Server*> foreign_servers(const RankTable& table, const Group& group);

// The master that the inventory names, where another server comes first; null: it comes first, or
// none is named.
const Host* displaced_master(const RankTable& table, const Group& group);

}  // namespace touchstone
