#include "harness/model/inventory.h"

#include <algorithm>

namespace touchstone {

const Host* Group::find(const std::string& host) const {
  auto at = std::find_if(hosts.begin(), hosts.end(), [&](const Host& h) { return h.name == host; });
  return at == hosts.end() ? nullptr : &*at;
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
