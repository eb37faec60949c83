#include "harness/config/group_entry.h"

#include <array>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/config/endpoint_entry.h"
#include "harness/config/forms.h"
#include "harness/config/nearest.h"
#include "harness/config/npu_network.h"
#include "harness/model/host_pattern.h"
#include "harness/model/said.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

using G = GroupEntry;
using N = const YamlNode&;
using W = const Where&;

std::optional<Told> told_name(const YamlNode& node, const Where& where) {
  const auto text = checked_text_of(node, where, name_error);
  return text ? std::optional(Told{*text, &node}) : std::nullopt;
}

constexpr std::array kGroupFields{
    Field<G>{"name", [](G& g, N n, W w) { g.name = told_name(n, w); }, true},
    Field<G>{"master", [](G& g, N n, W w) { g.master = told_name(n, w); }},
    Field<G>{"rank_table",
             [](G& g, N n, W w) {
               g.group.rank_table = checked_text_of(n, w, absolute_path_error).value_or("");
             }},
    Field<G>{"service_user",
             [](G& g, N n, W w) {
               g.group.service_user = checked_text_of(n, w, user_error).value_or("");
             }},
    Field<G>{"defaults", [](G& g, N n, W w) { g.defaults = read_defaults(n, w); }},
    Field<G>{"npu_network", [](G& g, N n, W) { g.npu_network = &n; }},
    Field<G>{"endpoint", [](G& g, N n, W w) { g.group.endpoint = read_endpoint(n, w); }},
    Field<G>{"hosts", [](G& g, N n, W) { g.hosts = &n; }, true},
};

// What must be there once in a cluster, with the line where it was first.
class Unique {
 public:
  explicit Unique(Text what) : what_(std::move(what)) {}
  bool add(const std::string& value, const YamlNode& node, const Where& where) {
    return add(value, value, node, where);
  }
  // `same`: what two of them must not have in common.
  bool add(const std::string& value, const std::string& same, const YamlNode& node,
           const Where& where) {
    const auto [first, fresh] = seen_.emplace(same, node.position.line);
    if (!fresh)
      where.wrong(node,
                  said("{} 出现两次(首次在第 {} 行);{}", "{} is there twice (first in line {}); {}",
                       touchstone::quoted(value), first->second, what_));
    return fresh;
  }

 private:
  Text what_;
  std::map<std::string, int> seen_;
};

struct Cluster {
  Unique groups{Text{"每组要有自己的名称", "each group needs its own name"}};
  Unique names{Text{"每台主机要有自己的名称", "each host needs its own name"}};
  Unique addresses{Text{"每台主机要有自己的地址或端口", "each host needs its own address or port"}};
  Unique service_addresses{
      Text{"每台主机要有自己的;共用 address 时请写 service_address",
           "each host needs its own; write service_address where address is shared"}};
  TakenAddresses npu_addresses;
  std::size_t hosts = 0;
};

bool expect_list(const YamlNode& node, const Where& where, std::string_view item) {
  if (node.kind != YamlNode::Kind::kList)
    where.wrong(node, said("这是{};请写列表:- {}", "this is {}; write a list: - {}",
                           name_of(node.kind), item));
  else if (node.items.empty())
    where.wrong(node, said("列表是空的;请至少写一项:- {}",
                           "the list is empty; write at least one: - {}", item));
  else
    return true;
  return false;
}

// False, and told, when something of the host is another one's already. The first such thing is
// enough: who has the name twice has the address twice.
bool expect_unique(const PlacedHost& placed, Cluster& cluster, const Where& where) {
  const Host& host = placed.host;
  // Several containers can be reached by one command; ssh needs another port at least.
  const bool own_address = host.access.transport == "ssh";
  const std::string port = host.access.port ? fmt::format(" port {}", *host.access.port) : "";
  return cluster.names.add(host.name, *placed.name, where.in("name")) &&
         (!own_address ||
          cluster.addresses.add(host.address + port, same_spelling(host.address) + port,
                                *placed.address, where.in("address"))) &&
         cluster.service_addresses.add(host.service_address, same_spelling(host.service_address),
                                       *placed.service_address, where.in("service_address"));
}

void read_hosts(GroupEntry& entry, const HostSettings& defaults, int npus, Cluster& cluster,
                const Where& where) {
  if (!entry.hosts || !expect_list(*entry.hosts, where, "name: node-01")) return;
  for (std::size_t i = 0; i < entry.hosts->items.size(); ++i) {
    const Where here = where.at(i);
    const YamlNode& item = entry.hosts->items[i];
    const std::vector<PlacedHost> hosts =
        hosts_of(read_host_entry(item, here), defaults, npus, here);
    cluster.hosts += hosts.size();
    if (cluster.hosts > kMostHosts) {
      here.wrong(item, {"加上这一项超过 10000 台主机;请拆分集群",
                        "with this there are more than 10000 hosts; split the cluster"});
      return;
    }
    bool unique = true;
    for (const PlacedHost& placed : hosts) {
      unique = unique && expect_unique(placed, cluster, here);
      entry.group.hosts.push_back(placed.host);
    }
  }
}

void expect_master(const GroupEntry& entry, const Where& where) {
  if (!entry.master || entry.group.hosts.empty() || entry.group.find(entry.master->text)) return;
  std::vector<std::string_view> names;
  for (const Host& host : entry.group.hosts) names.push_back(host.name);
  const auto near = nearest(entry.master->text, names);
  where.wrong(
      *entry.master->node,
      said("{} 不是本组的主机;{}", "{} is no host of this group; {}",
           touchstone::quoted(entry.master->text),
           near ? said("是否为 '{}'?", "did you mean '{}'?", *near)
                : said("请写其中一台,如 '{}'", "write one of its hosts, such as '{}'", names[0])));
}

Group read_group(const YamlNode& node, const HostSettings& defaults, int npus, Cluster& cluster,
                 const Where& where) {
  GroupEntry entry;
  read_map(entry, node, where, group_fields());
  if (entry.name) {
    cluster.groups.add(entry.name->text, *entry.name->node, where.in("name"));
    entry.group.name = entry.name->text;
  }
  read_hosts(entry, HostSettings::overlaid(defaults, entry.defaults), npus, cluster,
             where.in("hosts"));
  expect_master(entry, where.in("master"));
  if (entry.master) entry.group.master = entry.master->text;
  if (entry.npu_network)
    entry.group.npu_network = read_npu_network(*entry.npu_network, entry.group.hosts,
                                               cluster.npu_addresses, where.in("npu_network"));
  return std::move(entry.group);
}

}  // namespace

std::span<const Field<GroupEntry>> group_fields() {
  return kGroupFields;
}

std::vector<Group> read_groups(const YamlNode& list, const HostSettings& defaults, int npus,
                               const Where& where) {
  std::vector<Group> groups;
  if (!expect_list(list, where, "name: group-1")) return groups;
  Cluster cluster;
  for (std::size_t i = 0; i < list.items.size(); ++i)
    groups.push_back(read_group(list.items[i], defaults, npus, cluster, where.at(i)));
  return groups;
}

}  // namespace touchstone
