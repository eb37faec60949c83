#include "harness/model/inventory.h"

#include <algorithm>

#include <arpa/inet.h>

namespace touchstone {

std::string without_slash(const std::string& root) {
  return root.substr(0, root.find_last_not_of('/') + 1);
}
namespace {

// As a number; 0 where it is no IPv4 address.
std::uint32_t number_of(const std::string& address) {
  in_addr parsed{};
  return inet_pton(AF_INET, address.c_str(), &parsed) == 1 ? ntohl(parsed.s_addr) : 0;
}

}  // namespace

const Host* Group::find(const std::string& host) const {
  auto at = std::find_if(hosts.begin(), hosts.end(), [&](const Host& h) { return h.name == host; });
  return at == hosts.end() ? nullptr : &*at;
}

const Host* Group::master_host(const Profile& profile) const {
  if (!master.empty()) return find(master);
  const std::string& order = profile.rank_table_order;
  const auto before = [&](const Host& a, const Host& b) {
    if (order == "lexicographic") return a.service_address < b.service_address;
    if (order == "ascending") return number_of(a.service_address) < number_of(b.service_address);
    return order == "descending" && number_of(a.service_address) > number_of(b.service_address);
  };
  const auto first = std::min_element(hosts.begin(), hosts.end(), before);
  return first == hosts.end() ? nullptr : &*first;
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
