#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/parsed.h"
#include "harness/parse/of_device.h"

namespace touchstone {

// `hccn_tool -i N -tls -g`. No certificates (exit 14, and no switch in the text at all):
// kNoCertificates.
struct HccnTls {
  struct Certificate {
    std::string name;     // "pub cert", "ca1 cert", "crl"
    std::string subject;  // empty: not printed by builds for 910A
    std::string issuer;
    std::string start;              // "Sat Jan 31 03:10:27 2026 GMT"
    std::string end;                // empty: the text ended before it
    std::optional<int> expiration;  // 0 normal, 1 near, 2 expired (the tool prints the 2 to stderr)
    bool operator==(const Certificate&) const = default;
  };
  std::optional<int> device;
  bool enabled = false;
  std::optional<bool> preconfigured;  // older tools do not tell
  std::optional<int> alarm_days;
  std::vector<Certificate> certificates;  // empty after `| grep switch`
  bool operator==(const HccnTls&) const = default;
};
Parsed<HccnTls> parse_hccn_tls(std::string_view out, std::string_view err);
Parsed<std::vector<OfDevice<HccnTls>>> parse_hccn_tls_each(std::string_view out,
                                                           std::string_view err);

}  // namespace touchstone
