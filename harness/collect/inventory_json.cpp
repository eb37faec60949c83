#include "harness/collect/inventory_json.h"

#include "harness/model/profile_fields.h"

namespace touchstone {
namespace {

using nlohmann::json;

// Fields by key, once for both directions; what leads to a host (user, key, command) is of no use
// in a recording, but an inventory read from one must still be able to say how it was reached.
template <class H, class F>
void host_fields(H& host, F&& f) {
  f("name", host.name);
  f("address", host.address);
  f("service_address", host.service_address);
  f("transport", host.access.transport);
  f("user", host.access.user);
  f("identity", host.access.identity);
  f("command", host.access.command);
  f("sudo", host.access.sudo);
  f("time_limit", host.access.time_limit);
  f("sysroot", host.sysroot);
  f("container_sysroot", host.container_sysroot);
  f("container", host.container);
  f("npus", host.npus);
}

template <class N, class F>
void address_fields(N& npu, F&& f) {
  f("address", npu.address);
  f("netmask", npu.netmask);
  f("gateway", npu.gateway);
  f("netdetect", npu.netdetect);
}

template <class E, class F>
void endpoint_fields(E& endpoint, F&& f) {
  f("from", endpoint.from);
  f("scheme", endpoint.scheme);
  f("ca", endpoint.ca);
  f("certificate", endpoint.certificate);
  f("key", endpoint.key);
  f("token_file", endpoint.token_file);
  f("token_env", endpoint.token_env);
  f("proxy", endpoint.proxy);
}

template <class G, class F>
void group_fields(G& group, F&& f) {
  f("name", group.name);
  f("master", group.master);
  f("rank_table", group.rank_table);
  f("service_user", group.service_user);
}

struct Writer {
  json& to;
  template <class T>
  void operator()(const char* key, const T& value) const {
    to[key] = value;
  }
  void operator()(const char* key, const NumberRange& value) const { to[key] = value.str(); }
};

struct Reader {
  const json& from;
  template <class T>
  void operator()(const char* key, T& value) const {
    from.at(key).get_to(value);
  }
  void operator()(const char* key, NumberRange& value) const {
    auto range = NumberRange::parse(from.at(key).get<std::string>());
    if (!range)
      throw json::type_error::create(302, std::string(key) + " is no range of numbers", &from);
    value = *range;
  }
};

json json_of_group(const Group& group) {
  json to;
  group_fields(group, Writer{to});
  endpoint_fields(group.endpoint, Writer{to["endpoint"]});
  to["hosts"] = json::array();
  for (const Host& host : group.hosts) {
    json one;
    host_fields(host, Writer{one});
    if (host.access.port) one["port"] = *host.access.port;
    // Its further words may hold a password, and nobody will log in by a recording.
    if (host.access.command.size() > 1) one["command"] = json::array({host.access.command.front()});
    to["hosts"].push_back(std::move(one));
  }
  to["npu_network"] = json::object();
  for (const auto& [host, npus] : group.npu_network)
    for (const NpuAddress& npu : npus) {
      json one;
      address_fields(npu, Writer{one});
      to["npu_network"][host].push_back(std::move(one));
    }
  return to;
}

Group group_of(const json& from) {
  Group group;
  group_fields(group, Reader{from});
  if (from.contains("endpoint")) endpoint_fields(group.endpoint, Reader{from.at("endpoint")});
  for (const json& one : from.at("hosts")) {
    Host host;
    host_fields(host, Reader{one});
    if (one.contains("port")) host.access.port = one.at("port").get<int>();
    group.hosts.push_back(std::move(host));
  }
  for (const auto& [host, npus] : from.at("npu_network").items())
    for (const json& one : npus) {
      NpuAddress npu;
      address_fields(npu, Reader{one});
      group.npu_network[host].push_back(std::move(npu));
    }
  return group;
}

}  // namespace

json json_of(const Inventory& inventory) {
  json to{{"cluster", inventory.cluster},
          {"simulated", inventory.simulated},
          {"deep", inventory.deep},
          {"groups", json::array()}};
  profile_fields(inventory.profile, Writer{to["profile"]});
  for (const Group& group : inventory.groups) to["groups"].push_back(json_of_group(group));
  return to;
}

Inventory inventory_of(const json& from) {
  Inventory inventory;
  from.at("cluster").get_to(inventory.cluster);
  from.at("simulated").get_to(inventory.simulated);
  inventory.deep = from.value("deep", false);  // recordings from before there was such a thing
  profile_fields(inventory.profile, Reader{from.at("profile")});
  for (const json& group : from.at("groups")) inventory.groups.push_back(group_of(group));
  return inventory;
}

}  // namespace touchstone
