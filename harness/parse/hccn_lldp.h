#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/parsed.h"
#include "harness/parse/of_device.h"

namespace touchstone {

// `hccn_tool -i N -lldp -g`. Nothing printed at all (no neighbour heard, or LLDP off): kEmpty.
// A line that `grep Ifname` left is taken, too: then only `neighbour`, `port_subtype`, `port_id`
// and `ifname` are set.
struct HccnLldp {
  bool neighbour = false;  // true: without a neighbour nothing is printed (kEmpty)
  std::optional<std::string>
      ifname;                // the switch port, "400GE1/1/5:1"; none for a port of MAC subtype
  std::string chassis;       // with its subtype: "MAC: 00:25:9e:01:02:03"
  std::string port_subtype;  // "Ifname", "MAC", …
  std::string port_id;       // without its subtype
  std::string system_name;
  std::string system_description;  // several lines
  bool direct_fibre = false;       // the neighbour is another NPU ("AscendNPU" in its description)
  bool is_switch = false;  // "Routing" in the description, or enabled capabilities Bridge / Router
  bool operator==(const HccnLldp&) const = default;
};
Parsed<HccnLldp> parse_hccn_lldp(std::string_view out, std::string_view err);
Parsed<std::vector<OfDevice<HccnLldp>>> parse_hccn_lldp_each(std::string_view out,
                                                             std::string_view err);

}  // namespace touchstone
