#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/parsed.h"
#include "harness/parse/of_device.h"

namespace touchstone {

// Every parser takes both streams, because the tool's messages go to either; pasted text is all in
// `out`. The plain form refuses the answers of several devices (kSeveral); the form `…_each` takes
// them.

// `hccn_tool -i N -ip -g`. No address (exit 13, message on stderr): kNotSet.
struct HccnIp {
  std::string address;
  std::string netmask;  // contiguous
  bool operator==(const HccnIp&) const = default;
};
Parsed<HccnIp> parse_hccn_ip(std::string_view out, std::string_view err);
Parsed<std::vector<OfDevice<HccnIp>>> parse_hccn_ip_each(std::string_view out,
                                                         std::string_view err);

// `hccn_tool -i N -gateway -g`. No gateway (exit 2, message on stderr): kNotSet.
struct HccnGateway {
  std::string gateway;
  std::string iface;  // "eth3"; on 910A it may name the port of another NPU
  bool operator==(const HccnGateway&) const = default;
};
Parsed<HccnGateway> parse_hccn_gateway(std::string_view out, std::string_view err);
Parsed<std::vector<OfDevice<HccnGateway>>> parse_hccn_gateway_each(std::string_view out,
                                                                   std::string_view err);

// `hccn_tool -i N -netdetect -g`. 0.0.0.0 means "not configured" and is a value: no address.
struct HccnNetdetect {
  std::optional<std::string> address;
  bool operator==(const HccnNetdetect&) const = default;
};
Parsed<HccnNetdetect> parse_hccn_netdetect(std::string_view out, std::string_view err);
Parsed<std::vector<OfDevice<HccnNetdetect>>> parse_hccn_netdetect_each(std::string_view out,
                                                                       std::string_view err);

// `hccn_tool -i N -vnic -g`
struct HccnVnic {
  bool up = false;
  std::string address;
  std::string netmask;
  bool operator==(const HccnVnic&) const = default;
};
Parsed<HccnVnic> parse_hccn_vnic(std::string_view out, std::string_view err);
Parsed<std::vector<OfDevice<HccnVnic>>> parse_hccn_vnic_each(std::string_view out,
                                                             std::string_view err);

// `hccn_tool -i N -route -g`
struct HccnRoute {
  struct Entry {
    std::string destination;  // "default" or an address
    std::string gateway;      // "*": none
    std::string genmask;
    std::string flags;
    std::string iface;
    bool operator==(const Entry&) const = default;
  };
  std::vector<Entry> entries;
  bool operator==(const HccnRoute&) const = default;
};
Parsed<HccnRoute> parse_hccn_route(std::string_view out, std::string_view err);
Parsed<std::vector<OfDevice<HccnRoute>>> parse_hccn_route_each(std::string_view out,
                                                               std::string_view err);

}  // namespace touchstone
