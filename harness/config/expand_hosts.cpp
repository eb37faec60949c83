// From an entry of `hosts` to hosts: patterns, placeholders, defaults.
#include <algorithm>

#include <fmt/format.h>

#include "harness/config/forms.h"
#include "harness/config/host_entry.h"
#include "harness/model/host_pattern.h"
#include "harness/model/said.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

std::vector<std::string> expanded(const Told& told, const Where& where) {
  Text error;
  if (const auto names = expand_host_pattern(told.text, &error)) return *names;
  where.wrong(*told.node, said("模式 {} 无法读懂:{}", "the pattern {} cannot be read: {}",
                               touchstone::quoted(told.text), error));
  return {};
}

// One value a host: of a pattern with as many, or of a text that says where the name goes.
std::vector<std::string> values_for(const Told& told, const std::vector<PlacedHost>& hosts,
                                    const Where& where) {
  const std::size_t wanted = hosts.size();
  if (Text error = placeholder_error(told.text); !error.empty()) {
    where.wrong(*told.node, error);
    return {};
  }
  const bool named = told.text.find('{') != std::string::npos;
  std::vector<std::string> own = expanded(told, where);
  if (own.empty()) return {};
  if (own.size() == 1 && (named || wanted == 1)) {
    std::vector<std::string> all;
    for (const PlacedHost& host : hosts)
      all.push_back(filled_in(own.front(), host.host.name, host.host.address));
    return all;
  }
  if (own.size() == wanted && !named) return own;
  where.wrong(*told.node,
              said("{} 表示 {} 个,而名称表示 {} 个;请写表示 {} 个的模式,或带 {{host}} 的文本",
                   "{} stands for {}, but the name stands for {}; write a pattern of {}, or a text "
                   "with {{host}}",
                   touchstone::quoted(told.text), own.size(), wanted, wanted));
  return {};
}

using Check = Text (*)(std::string_view);

// Sets one address of each host; what is wrong with any of them is told once, at the whole value.
void set_addresses(std::vector<PlacedHost>& hosts, const std::optional<Told>& told,
                   std::string Host::*member, const YamlNode* PlacedHost::*place, Check check,
                   const Where& where) {
  if (!told) return;
  const std::vector<std::string> values = values_for(*told, hosts, where);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (Text error = check(values[i]); !error.empty()) {
      where.wrong(*told->node, error);
      return;
    }
    hosts[i].host.*member = values[i];
    hosts[i].*place = told->node;
  }
}

void settle(Host& host, const HostSettings& settings, int npus) {
  const auto fill = [&](const std::string& text) {
    return filled_in(text, host.name, host.address);
  };
  host.access.transport = settings.transport.value_or(host.access.transport);
  host.access.user = settings.user.value_or("");
  host.access.port = settings.port;
  host.access.identity = settings.identity.value_or("");
  for (const std::string& word : settings.command.value_or(std::vector<std::string>()))
    host.access.command.push_back(fill(word));
  host.access.sudo = settings.sudo.value_or(false);
  host.access.time_limit = settings.time_limit.value_or(host.access.time_limit);
  host.sysroot = fill(settings.sysroot.value_or(host.sysroot));
  host.container_sysroot = fill(settings.container_sysroot.value_or(host.container_sysroot));
  host.container = fill(settings.container.value_or(""));
  host.npus = settings.npus.value_or(npus);
}

// Without an address of its own a host is reached by its name.
std::vector<PlacedHost> named_hosts(const Told& name, bool reached_by_name, const Where& where) {
  std::vector<PlacedHost> hosts;
  for (const std::string& one : expanded(name, where)) {
    Text error = name_error(one);
    if (error.empty() && reached_by_name) error = leads_nowhere_error(one);
    if (!error.empty()) {
      where.wrong(*name.node, error);
      return {};
    }
    PlacedHost placed{.name = name.node, .address = name.node, .service_address = name.node};
    placed.host.name = placed.host.address = one;
    hosts.push_back(std::move(placed));
  }
  return hosts;
}

}  // namespace

std::vector<PlacedHost> hosts_of(const HostEntry& entry, const HostSettings& defaults, int npus,
                                 const Where& where) {
  if (!entry.name) return {};
  const bool short_form = entry.name->node == entry.node;
  std::vector<PlacedHost> hosts =
      named_hosts(*entry.name, !entry.address, short_form ? where : where.in("name"));
  if (hosts.empty()) return hosts;  // told already
  set_addresses(hosts, entry.address, &Host::address, &PlacedHost::address, address_error,
                where.in("address"));
  for (PlacedHost& placed : hosts) {
    placed.host.service_address = placed.host.address;
    placed.service_address = placed.address;
  }
  set_addresses(hosts, entry.service_address, &Host::service_address, &PlacedHost::service_address,
                service_address_error, where.in("service_address"));
  const HostSettings settings = HostSettings::overlaid(defaults, entry);
  for (PlacedHost& placed : hosts) settle(placed.host, settings, npus);
  if (!hosts.empty() && settings.transport == "exec" && !settings.command)
    where.in("command").wrong(
        *entry.node,
        {"transport exec 需要通向主机的命令;请写如 [kubectl, exec, -i, \"{host}\", --]",
         "transport exec needs the command that leads to the host; write one, such as [kubectl, "
         "exec, -i, \"{host}\", --]"});
  return hosts;
}

}  // namespace touchstone
