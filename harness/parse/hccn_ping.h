#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/parsed.h"
#include "harness/parse/of_device.h"

namespace touchstone {

// `hccn_tool -i N -ping -g address X`. The tool exits 1 with "Command execute failed!" on stderr
// when one packet is lost; the report on stdout is complete then, and is the value.
struct HccnPing {
  std::optional<std::int64_t> device;
  std::string target;
  std::int64_t transmitted = 0;
  std::int64_t received = 0;
  double loss_percent = 0;
  std::vector<double> times_ms;       // of the packets that came back; the first is slow (ARP)
  std::vector<std::string> failures;  // the lines of those that did not, as printed
  bool operator==(const HccnPing&) const = default;
};
Parsed<HccnPing> parse_hccn_ping(std::string_view out, std::string_view err);
Parsed<std::vector<OfDevice<HccnPing>>> parse_hccn_ping_each(std::string_view out,
                                                             std::string_view err);

}  // namespace touchstone
