#include <array>

#include "harness/parse/hccn.h"
#include "harness/parse/kinds_json.h"

namespace touchstone {
namespace {

Json lldp(const HccnLldp& value) {
  return {{"neighbour", value.neighbour},
          {"ifname", or_null(value.ifname)},
          {"chassis", value.chassis},
          {"port_subtype", value.port_subtype},
          {"port_id", value.port_id},
          {"system_name", value.system_name},
          {"system_description", value.system_description},
          {"direct_fibre", value.direct_fibre},
          {"is_switch", value.is_switch}};
}

Json link(const HccnLink& value) {
  return {{"up", value.up}};
}

Json link_stat(const HccnLinkStat& value) {
  Json records = Json::array();
  for (const auto& record : value.records)
    records.push_back({{"time", record.time}, {"up", record.up}});
  return {{"current_time", value.current_time},
          {"current", or_null(value.current)},
          {"up_count", value.up_count},
          {"down_count", or_null(value.down_count)},
          {"records", std::move(records)}};
}

Json net_health(const HccnNetHealth& value) {
  return {{"status", name_of(value.status)}, {"text", value.text}};
}

Json netdetect(const HccnNetdetect& value) {
  return {{"address", or_null(value.address)}};
}

Json gateway(const HccnGateway& value) {
  return {{"gateway", value.gateway}, {"iface", value.iface}};
}

Json tls(const HccnTls& value) {
  Json certificates = Json::array();
  for (const auto& certificate : value.certificates)
    certificates.push_back({{"name", certificate.name},
                            {"subject", certificate.subject},
                            {"issuer", certificate.issuer},
                            {"start", certificate.start},
                            {"end", certificate.end},
                            {"expiration", or_null(certificate.expiration)}});
  return {{"enabled", value.enabled},
          {"preconfigured", or_null(value.preconfigured)},
          {"alarm_days", or_null(value.alarm_days)},
          {"certificates", std::move(certificates)}};
}

Json ip(const HccnIp& value) {
  return {{"address", value.address}, {"netmask", value.netmask}};
}

Json speed(const HccnSpeed& value) {
  return {{"mbps", value.mbps}};
}

Json lanes(const std::vector<std::optional<double>>& values) {
  Json json = Json::array();
  for (const auto& value : values) json.push_back(or_null(value));
  return json;
}

Json optical(const HccnOptical& value) {
  return {{"present", value.present},
          {"temperature_c", or_null(value.temperature_c)},
          {"vcc_mv", or_null(value.vcc_mv)},
          {"tx_power_mw", lanes(value.tx_power_mw)},
          {"rx_power_mw", lanes(value.rx_power_mw)},
          {"tx_bias_ma", lanes(value.tx_bias_ma)},
          {"media_snr_db", lanes(value.media_snr_db)},
          {"host_snr_db", lanes(value.host_snr_db)},
          {"temperature_high_c", or_null(value.temperature_high_c)},
          {"temperature_low_c", or_null(value.temperature_low_c)},
          {"vcc_high_mv", or_null(value.vcc_high_mv)},
          {"vcc_low_mv", or_null(value.vcc_low_mv)},
          {"tx_power_high_mw", or_null(value.tx_power_high_mw)},
          {"tx_power_low_mw", or_null(value.tx_power_low_mw)},
          {"rx_power_high_mw", or_null(value.rx_power_high_mw)},
          {"rx_power_low_mw", or_null(value.rx_power_low_mw)},
          {"tx_los", or_null(value.tx_los)},
          {"rx_los", or_null(value.rx_los)},
          {"tx_lol", or_null(value.tx_lol)},
          {"rx_lol", or_null(value.rx_lol)},
          {"absent", value.absent},
          {"unread", value.unread},
          {"fields", value.fields}};
}

Json stat(const HccnStat& value) {
  return {{"counters", value.counters}};
}

Json mtu(const HccnMtu& value) {
  return {{"mtu", value.mtu}};
}

Json vnic(const HccnVnic& value) {
  return {{"up", value.up}, {"address", value.address}, {"netmask", value.netmask}};
}

Json ping(const HccnPing& value) {
  return {{"target", value.target},     {"transmitted", value.transmitted},
          {"received", value.received}, {"loss_percent", value.loss_percent},
          {"times_ms", value.times_ms}, {"failures", value.failures}};
}

Json route(const HccnRoute& value) {
  Json entries = Json::array();
  for (const auto& entry : value.entries)
    entries.push_back({{"destination", entry.destination},
                       {"gateway", entry.gateway},
                       {"genmask", entry.genmask},
                       {"flags", entry.flags},
                       {"iface", entry.iface}});
  return {{"entries", std::move(entries)}};
}

Json status(const HccnStatus& value) {
  return {{"iface", value.iface},
          {"speed_mbps", or_null(value.speed_mbps)},
          {"link_detected", or_null(value.link_detected)},
          {"fields", value.fields}};
}

Json fec(const HccnFec& value) {
  return {{"mode", value.mode}};
}

Json process(const HccnProcess& value) {
  return {{"exists", value.exists}};
}

constexpr std::array kHccnKinds = {
    ParseKind{"hccn-lldp",
              "hccn_tool -i N -lldp -g",
              {"NPU 网口对端的交换机", "the neighbour at the NPU's port"},
              devices_to_json<HccnLldp, parse_hccn_lldp_each, lldp>},
    ParseKind{"hccn-link",
              "hccn_tool -i N -link -g",
              {"链路是否接通", "link up or down"},
              devices_to_json<HccnLink, parse_hccn_link_each, link>},
    ParseKind{"hccn-link-stat",
              "hccn_tool -i N -link_stat -g",
              {"链路变动的次数", "how often the link changed"},
              devices_to_json<HccnLinkStat, parse_hccn_link_stat_each, link_stat>},
    ParseKind{"hccn-net-health",
              "hccn_tool -i N -net_health -g",
              {"侦测地址是否应答", "whether netdetect is answered"},
              devices_to_json<HccnNetHealth, parse_hccn_net_health_each, net_health>},
    ParseKind{"hccn-netdetect",
              "hccn_tool -i N -netdetect -g",
              {"侦测地址", "the address that is detected"},
              devices_to_json<HccnNetdetect, parse_hccn_netdetect_each, netdetect>},
    ParseKind{"hccn-gateway",
              "hccn_tool -i N -gateway -g",
              {"NPU 的网关", "the NPU's gateway"},
              devices_to_json<HccnGateway, parse_hccn_gateway_each, gateway>},
    ParseKind{"hccn-tls",
              "hccn_tool -i N -tls -g",
              {"TLS 开关与证书", "the TLS switch and certificates"},
              devices_to_json<HccnTls, parse_hccn_tls_each, tls>},
    ParseKind{"hccn-ip",
              "hccn_tool -i N -ip -g",
              {"NPU 的地址与掩码", "the NPU's address and netmask"},
              devices_to_json<HccnIp, parse_hccn_ip_each, ip>},
    ParseKind{"hccn-speed",
              "hccn_tool -i N -speed -g",
              {"网口速率", "the port's speed"},
              devices_to_json<HccnSpeed, parse_hccn_speed_each, speed>},
    ParseKind{"hccn-optical",
              "hccn_tool -i N -optical -g",
              {"光模块", "the optical module"},
              devices_to_json<HccnOptical, parse_hccn_optical_each, optical>},
    ParseKind{"hccn-stat",
              "hccn_tool -i N -stat -g",
              {"收发包与错误计数", "packet and error counters"},
              devices_to_json<HccnStat, parse_hccn_stat_each, stat>},
    ParseKind{"hccn-mtu",
              "hccn_tool -i N -mtu -g",
              {"网口 MTU", "the port's MTU"},
              devices_to_json<HccnMtu, parse_hccn_mtu_each, mtu>},
    ParseKind{"hccn-vnic",
              "hccn_tool -i N -vnic -g",
              {"虚拟网口", "the virtual port"},
              devices_to_json<HccnVnic, parse_hccn_vnic_each, vnic>},
    ParseKind{"hccn-ping",
              "hccn_tool -i N -ping -g address X",
              {"发往另一个 NPU 的包", "packets to another NPU"},
              devices_to_json<HccnPing, parse_hccn_ping_each, ping>},
    ParseKind{"hccn-route",
              "hccn_tool -i N -route -g",
              {"NPU 的路由", "the NPU's routes"},
              devices_to_json<HccnRoute, parse_hccn_route_each, route>},
    ParseKind{"hccn-status",
              "hccn_tool -i N -status -g",
              {"ethtool 所见的网口", "ethtool's view of the port"},
              devices_to_json<HccnStatus, parse_hccn_status_each, status>},
    ParseKind{"hccn-fec",
              "hccn_tool -i N -fec -g",
              {"网口的纠错方式", "the port's error correction"},
              devices_to_json<HccnFec, parse_hccn_fec_each, fec>},
    ParseKind{"hccn-process",
              "hccn_tool -i N -process -g",
              {"是否有集合通信任务在运行", "whether a collective job runs"},
              devices_to_json<HccnProcess, parse_hccn_process_each, process>},
};

}  // namespace

std::span<const ParseKind> hccn_kinds() {
  return kHccnKinds;
}

}  // namespace touchstone
