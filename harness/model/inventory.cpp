#include "harness/model/inventory.h"

#include <algorithm>

#include "harness/model/rank_table_order.h"

namespace touchstone {

std::string without_slash(const std::string& root) {
  return root.substr(0, root.find_last_not_of('/') + 1);
}
const Host* Group::find(const std::string& host) const {
  auto at = std::find_if(hosts.begin(), hosts.end(), [&](const Host& h) { return h.name == host; });
  return at == hosts.end() ? nullptr : &*at;
}

int Group::npus() const {
  int count = 0;
  for (const Host& host : hosts) count += host.npus;
  return count;
}

const Host* Group::master_host(const Profile& profile) const {
  if (!master.empty()) return find(master);
  const auto first =
      std::min_element(hosts.begin(), hosts.end(), [&](const Host& one, const Host& other) {
        return stands_before(one.service_address, other.service_address, profile.rank_table_order);
      });
  return first == hosts.end() ? nullptr : &*first;
}

bool Group::is_master(const std::string& host, const Profile& profile) const {
  const Host* master = master_host(profile);
  return master && master->name == host;
}

const Host* Inventory::find(const std::string& host) const {
  const Group* group = group_of(host);
  return group ? group->find(host) : nullptr;
}

const Group* Inventory::group_of(const std::string& host) const {
  auto at = std::find_if(groups.begin(), groups.end(),
                         [&](const Group& g) { return g.find(host) != nullptr; });
  return at == groups.end() ? nullptr : &*at;
}

std::size_t Inventory::host_count() const {
  std::size_t count = 0;
  for (const Group& group : groups) count += group.hosts.size();
  return count;
}

}  // namespace touchstone
