#include "harness/config/npu_network.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/config/forms.h"
#include "harness/config/nearest.h"
#include "harness/model/said.h"
#include "harness/parse/ipv4.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

using Plan = std::map<std::string, std::vector<NpuAddress>>;

// Addresses with the value in the file that each comes from.
struct Placed {
  std::string address;
  const YamlNode* node;
  std::string key;
};
using Addresses = std::map<std::string, std::vector<Placed>>;

struct Network {
  std::string netmask, gateway, netdetect;
  const YamlNode* gateway_node = nullptr;
  const YamlNode* addresses = nullptr;
  const YamlNode* rule = nullptr;
};

Text netdetect_error(std::string_view text) {
  const Text error = text == "gateway" ? Text() : unicast_error(text);
  return error.empty() ? error : said("{},或单词 gateway", "{}, or the word gateway", error);
}

constexpr std::array kNetworkFields{
    Field<Network>{"netmask",
                   [](Network& to, const YamlNode& node, const Where& where) {
                     to.netmask = checked_text_of(node, where, netmask_error).value_or("");
                   }},
    Field<Network>{"gateway",
                   [](Network& to, const YamlNode& node, const Where& where) {
                     to.gateway = checked_text_of(node, where, unicast_error).value_or("");
                     to.gateway_node = &node;
                   }},
    Field<Network>{"netdetect",
                   [](Network& to, const YamlNode& node, const Where& where) {
                     to.netdetect = checked_text_of(node, where, netdetect_error).value_or("");
                   }},
    Field<Network>{"addresses",
                   [](Network& to, const YamlNode& node, const Where&) { to.addresses = &node; }},
    Field<Network>{"rule",
                   [](Network& to, const YamlNode& node, const Where&) { to.rule = &node; }},
};
constexpr std::array<std::string_view, kNetworkFields.size()> kNetworkKeys{
    "netmask", "gateway", "netdetect", "addresses", "rule"};

struct Rule {
  std::uint32_t first = 0;
  std::optional<long long> host_step;
  long long npu_step = 1;
};
constexpr long long kLongestStep = 1 << 24;

constexpr std::array kRuleFields{
    Field<Rule>{"first",
                [](Rule& to, const YamlNode& node, const Where& where) {
                  const auto text = checked_text_of(node, where, unicast_error);
                  to.first = text ? ipv4_of(*text).value_or(0) : 0;
                },
                true},
    Field<Rule>{"host_step",
                [](Rule& to, const YamlNode& node, const Where& where) {
                  to.host_step = integer_of(node, where, -kLongestStep, kLongestStep);
                },
                true},
    Field<Rule>{"npu_step",
                [](Rule& to, const YamlNode& node, const Where& where) {
                  to.npu_step = integer_of(node, where, -kLongestStep, kLongestStep).value_or(1);
                }},
};
constexpr std::array<std::string_view, kRuleFields.size()> kRuleKeys{"first", "host_step",
                                                                     "npu_step"};

std::string dotted(long long address) {
  return fmt::format("{}.{}.{}.{}", address >> 24 & 255, address >> 16 & 255, address >> 8 & 255,
                     address & 255);
}

Addresses by_rule(const YamlNode& node, const std::vector<Host>& hosts, const Where& where) {
  Rule rule;
  read_map<Rule>(rule, node, where, kRuleFields);
  Addresses all;
  if (rule.first == 0 || !rule.host_step) return all;  // told already
  for (std::size_t i = 0; i < hosts.size(); ++i)
    for (int npu = 0; npu < hosts[i].npus; ++npu) {
      const long long address =
          rule.first + static_cast<long long>(i) * *rule.host_step + npu * rule.npu_step;
      const std::string text = address >= 0 && address <= 0xFFFFFFFFLL ? dotted(address) : "";
      if (text.empty() || !unicast_error(text).empty()) {
        where.wrong(node,
                    said("按此规则,{1} 的 NPU {0} 没有可用的地址;请用更小的步长或另一个起始地址",
                         "the rule gives NPU {} of {} no usable address; take smaller steps or "
                         "another first address",
                         npu, hosts[i].name));
        return {};
      }
      all[hosts[i].name].push_back({text, &node, where.key()});
    }
  return all;
}

std::vector<Placed> listed(const YamlNode& node, const Host& host, const Where& where) {
  const std::vector<std::string> texts = texts_of(node, where);
  std::vector<Placed> placed;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const Text error = unicast_error(texts[i]);
    if (!error.empty()) where.at(i).wrong(node.items[i], error);
    if (error.empty()) placed.push_back({texts[i], &node.items[i], where.at(i).key()});
  }
  if (!texts.empty() && texts.size() != static_cast<std::size_t>(host.npus))
    where.wrong(node, said("有 {} 个地址,但 {} 有 {} 个 NPU;请每个写一个",
                           "there are {} addresses, but {} has {} NPUs; write one for each",
                           texts.size(), host.name, host.npus));
  return placed;
}

// One line for all hosts that were forgotten.
void expect_all(const YamlNode& map, const std::vector<std::string_view>& hosts,
                const Where& where) {
  std::set<std::string_view> there;
  for (const YamlMember& member : map.members) there.insert(member.key.text);
  std::vector<std::string_view> missing;
  for (const std::string_view host : hosts)
    if (!there.contains(host)) missing.push_back(host);
  if (missing.empty()) return;
  const std::size_t shown = std::min<std::size_t>(missing.size(), 8);
  where.wrong(map, said("{}{} 没有地址;请为每台主机写出,或写规则",
                        "there are no addresses for {}{}; write them for every host, or a rule",
                        fmt::join(missing.begin(), missing.begin() + shown, ", "),
                        missing.size() > shown
                            ? said(" 及另外 {} 台", " and {} more", missing.size() - shown)
                            : Text()));
}

Addresses by_list(const YamlNode& node, const std::vector<Host>& hosts, const Where& where) {
  std::vector<std::string_view> names;
  for (const Host& host : hosts) names.push_back(host.name);
  if (names.empty()) return {};  // told already
  const std::vector<const YamlNode*> values = values_of(node, where, names);
  Addresses all;
  if (node.kind != YamlNode::Kind::kMap) return all;
  expect_all(node, names, where);
  for (std::size_t i = 0; i < hosts.size(); ++i)
    if (values[i]) all[hosts[i].name] = listed(*values[i], hosts[i], where.in(names[i]));
  return all;
}

// What hccn_tool would refuse, or the network would not carry.
Text error_in_network(const std::string& address, const Network& network) {
  const auto length = prefix_length_of(network.netmask);
  if (!length) return {};
  const std::uint32_t hosts = ~std::uint32_t{0} >> *length;
  const std::uint32_t own = *ipv4_of(address) & hosts;
  if (own == 0 || own == hosts)
    return said(
        "在子网掩码 {1} 下,{0} 是网络地址或广播地址;请写端口的地址",
        "{} is the network itself or its broadcast under netmask {}; write an address of a port",
        address, network.netmask);
  if (!network.gateway.empty() && address == network.gateway)
    return said("{} 是网关;请写自己的地址", "{} is the gateway; write an address of its own",
                address);
  if (!network.gateway.empty() && !same_subnet(address, network.gateway, network.netmask))
    return said(
        "在子网掩码 {2} 下,{0} 与网关 {1} 不在同一网络;应在同一网络",
        "{} and the gateway {} are in different networks under netmask {}; they must share one",
        address, network.gateway, network.netmask);
  return {};
}

// One wrong netmask, gateway or step would give as many lines as there are NPUs: the first is told.
void check(const Addresses& addresses, const Network& network, TakenAddresses& taken,
           const Where& where) {
  for (const auto& [host, ports] : addresses)
    for (std::size_t npu = 0; npu < ports.size(); ++npu) {
      const Placed& port = ports[npu];
      Text error = error_in_network(port.address, network);
      const auto [first, fresh] =
          taken.emplace(port.address, said("{1} 的 NPU {0}", "NPU {} of {}", npu, host));
      if (error.empty() && !fresh)
        error = said("{} 已属于 {};每个 NPU 要有自己的地址",
                     "{} belongs to {} already; each NPU needs its own address", port.address,
                     first->second);
      if (error.empty()) continue;
      where.wrong_of(port.key, port.node->position, error);
      return;
    }
}

}  // namespace

std::span<const std::string_view> npu_network_keys() {
  return kNetworkKeys;
}
std::span<const std::string_view> npu_rule_keys() {
  return kRuleKeys;
}

Plan read_npu_network(const YamlNode& map, const std::vector<Host>& hosts, TakenAddresses& taken,
                      const Where& where) {
  Network network;
  read_map<Network>(network, map, where, kNetworkFields);
  if (network.addresses && network.rule)
    where.in("rule").wrong(*network.rule, {"已有 'addresses';两者只留一个",
                                           "there are 'addresses' as well; keep one of the two"});
  if (network.netdetect == "gateway" && network.gateway.empty())
    where.in("netdetect")
        .wrong(map, {"没有可探测的网关;请写一个,或写地址",
                     "there is no gateway to detect; write one, or an address"});
  Addresses addresses;
  if (network.addresses)
    addresses = by_list(*network.addresses, hosts, where.in("addresses"));
  else if (network.rule)
    addresses = by_rule(*network.rule, hosts, where.in("rule"));
  check(addresses, network, taken, where);
  Plan plan;
  for (const Host& host : hosts)
    for (int npu = 0; npu < host.npus; ++npu) {
      const auto own = addresses.find(host.name);
      const bool has = own != addresses.end() && static_cast<std::size_t>(npu) < own->second.size();
      plan[host.name].push_back(
          {.address = has ? own->second[static_cast<std::size_t>(npu)].address : "",
           .netmask = network.netmask,
           .gateway = network.gateway,
           .netdetect = network.netdetect == "gateway" ? network.gateway : network.netdetect});
    }
  return plan;
}

}  // namespace touchstone
