#include "harness/parse/hccn_address.h"

#include "harness/model/said.h"
#include "harness/parse/hccn_answers.h"
#include "harness/parse/ipv4.h"

namespace touchstone {
namespace {

constexpr HccnQuestion kIp = {"-ip -g", [](std::string_view line) {
                                return line.starts_with("ipaddr:") ||
                                       line.starts_with("ipv6_address:");
                              }};
constexpr HccnQuestion kGateway = {
    "-gateway -g", [](std::string_view line) { return line.starts_with("default gateway:"); }};
constexpr HccnQuestion kNetdetect = {
    "-netdetect -g", [](std::string_view line) { return line.starts_with("netdetect addr"); }};
constexpr HccnQuestion kVnic = {
    "-vnic -g", [](std::string_view line) { return line.starts_with("vnic link status:"); }};
constexpr HccnQuestion kRoute = {
    "-route -g", [](std::string_view line) { return line.starts_with("Routing table:"); }};

// The filled lines of an answer of so many lines.
Parsed<std::vector<Line>> filled_lines(const HccnAnswer& answer, std::size_t count) {
  std::vector<Line> filled;
  for (const Line& line : answer.lines)
    if (!is_blank(line.text)) filled.push_back(line);
  if (filled.size() > count) return malformed(filled[count], {"此后无内容", "nothing more"});
  if (filled.size() < count)
    return malformed(said("回答到第 {} 行为止,后面还应有内容",
                          "the answer ends after line {}, more lines are due",
                          filled.back().number));
  return filled;
}

Parsed<HccnIp> read_ip(const HccnAnswer& answer, std::string_view) {
  if (answer.lines.front().trimmed().starts_with("ipv6_address:"))
    return Refusal{
        .kind = Refusal::Kind::kUnsupported,
        .reason = {
            "回答是 IPv6 地址;指南的网络是 IPv4(查询时不要加 -inet6)",
            "the answer is an IPv6 address; the guide's network is IPv4 (ask without -inet6)"}};
  auto lines = filled_lines(answer, 2);
  if (!lines) return lines.refusal();
  const Line &first = lines.value()[0], &second = lines.value()[1];
  const auto address = after(first.trimmed(), "ipaddr:");
  const auto netmask = after(second.trimmed(), "netmask:");
  if (!address) return malformed(first, "\"ipaddr:ADDRESS\"");
  if (!netmask) return malformed(second, "\"netmask:MASK\"");
  auto valid_address = address_of(first, *address);
  if (!valid_address) return valid_address.refusal();
  auto valid_netmask = netmask_of(second, *netmask);
  if (!valid_netmask) return valid_netmask.refusal();
  return HccnIp{.address = valid_address.value(), .netmask = valid_netmask.value()};
}

Parsed<HccnGateway> read_gateway(const HccnAnswer& answer, std::string_view) {
  auto line = only_line(answer);
  if (!line) return line.refusal();
  const auto value = after(line.value().trimmed(), "default gateway:");
  const auto parts = value ? split_at(*value, ',') : std::nullopt;
  const auto iface = parts ? after(parts->second, "Iface:") : std::nullopt;
  if (!iface || iface->empty() || words_of(*iface).size() != 1)
    return malformed(line.value(), "\"default gateway:ADDRESS, Iface:ethN\"");
  auto gateway = address_of(line.value(), parts->first);
  if (!gateway) return gateway.refusal();
  return HccnGateway{.gateway = gateway.value(), .iface = std::string(*iface)};
}

Parsed<HccnNetdetect> read_netdetect(const HccnAnswer& answer, std::string_view) {
  auto line = only_line(answer);
  if (!line) return line.refusal();
  // Tools of the T71 time print "address", the source of 2026 prints "addr".
  auto value = after(line.value().trimmed(), "netdetect address:");
  if (!value) value = after(line.value().trimmed(), "netdetect addr:");
  if (!value) return malformed(line.value(), "\"netdetect address: ADDRESS\"");
  auto address = address_of(line.value(), *value);
  if (!address) return address.refusal();
  if (address.value() == "0.0.0.0") return HccnNetdetect{};
  return HccnNetdetect{.address = address.value()};
}

Parsed<HccnVnic> read_vnic(const HccnAnswer& answer, std::string_view) {
  auto lines = filled_lines(answer, 3);
  if (!lines) return lines.refusal();
  const Line &first = lines.value()[0], &second = lines.value()[1], &third = lines.value()[2];
  const auto state = after(first.trimmed(), "vnic link status:");
  const auto address = after(second.trimmed(), "vnic ipaddr:");
  const auto netmask = after(third.trimmed(), "vnic netmask:");
  if (!state || (*state != "UP" && *state != "DOWN"))
    return malformed(first,
                     {"\"vnic link status: UP\" 或 DOWN", "\"vnic link status: UP\" or DOWN"});
  if (!address) return malformed(second, "\"vnic ipaddr: ADDRESS\"");
  if (!netmask) return malformed(third, "\"vnic netmask: MASK\"");
  auto valid_address = address_of(second, *address);
  if (!valid_address) return valid_address.refusal();
  auto valid_netmask = netmask_of(third, *netmask);
  if (!valid_netmask) return valid_netmask.refusal();
  return HccnVnic{
      .up = *state == "UP", .address = valid_address.value(), .netmask = valid_netmask.value()};
}

Parsed<HccnRoute> read_route(const HccnAnswer& answer, std::string_view) {
  HccnRoute route;
  for (std::size_t i = 1; i < answer.lines.size(); ++i) {
    const Line& line = answer.lines[i];
    const auto words = words_of(line.text);
    if (words.empty() || words[0] == "Destination") continue;
    if (words.size() != 8) return malformed(line, {"八列的路由", "a route of eight columns"});
    const bool default_route = words[0] == "default";
    if (!default_route)
      if (auto address = address_of(line, words[0]); !address) return address.refusal();
    if (words[1] != "*")
      if (auto address = address_of(line, words[1]); !address) return address.refusal();
    if (!ipv4_of(words[2]))
      return malformed(line, {"第三列为子网掩码", "a netmask in the third column"});
    route.entries.push_back({.destination = std::string(words[0]),
                             .gateway = std::string(words[1]),
                             .genmask = std::string(words[2]),
                             .flags = std::string(words[3]),
                             .iface = std::string(words[7])});
  }
  return route;
}

}  // namespace

Parsed<HccnIp> parse_hccn_ip(std::string_view out, std::string_view err) {
  return read_hccn(out, err, kIp, read_ip);
}
Parsed<std::vector<OfDevice<HccnIp>>> parse_hccn_ip_each(std::string_view out,
                                                         std::string_view err) {
  return read_hccn_each(out, err, kIp, read_ip);
}

Parsed<HccnGateway> parse_hccn_gateway(std::string_view out, std::string_view err) {
  return read_hccn(out, err, kGateway, read_gateway);
}
Parsed<std::vector<OfDevice<HccnGateway>>> parse_hccn_gateway_each(std::string_view out,
                                                                   std::string_view err) {
  return read_hccn_each(out, err, kGateway, read_gateway);
}

Parsed<HccnNetdetect> parse_hccn_netdetect(std::string_view out, std::string_view err) {
  return read_hccn(out, err, kNetdetect, read_netdetect);
}
Parsed<std::vector<OfDevice<HccnNetdetect>>> parse_hccn_netdetect_each(std::string_view out,
                                                                       std::string_view err) {
  return read_hccn_each(out, err, kNetdetect, read_netdetect);
}

Parsed<HccnVnic> parse_hccn_vnic(std::string_view out, std::string_view err) {
  return read_hccn(out, err, kVnic, read_vnic);
}
Parsed<std::vector<OfDevice<HccnVnic>>> parse_hccn_vnic_each(std::string_view out,
                                                             std::string_view err) {
  return read_hccn_each(out, err, kVnic, read_vnic);
}

Parsed<HccnRoute> parse_hccn_route(std::string_view out, std::string_view err) {
  return read_hccn(out, err, kRoute, read_route);
}
Parsed<std::vector<OfDevice<HccnRoute>>> parse_hccn_route_each(std::string_view out,
                                                               std::string_view err) {
  return read_hccn_each(out, err, kRoute, read_route);
}

}  // namespace touchstone
