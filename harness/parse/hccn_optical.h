#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/parsed.h"
#include "harness/parse/of_device.h"

namespace touchstone {

// `hccn_tool -i N -optical -g`. "Optical module is not present." (exit 20) is a value with present
// = false: copper has none. A value that is "NA" or "not supported" (`absent`) or "get failed"
// (`unread`) has no number. A table of a module that is there has at least its powers and its flags
// of lost signals.
struct HccnOptical {
  bool present = false;
  std::map<std::string, std::string>
      fields;  // all of them, as printed; empty when the tool only says "not present"
  std::vector<std::string> absent;  // keys of values that this module does not have, as it says
  std::vector<std::string> unread;  // keys of values that the tool failed to read
  std::vector<std::optional<double>> tx_power_mw;
  std::vector<std::optional<double>> rx_power_mw;
  std::vector<std::optional<double>> tx_bias_ma;
  std::vector<std::optional<double>> media_snr_db;
  std::vector<std::optional<double>> host_snr_db;
  std::optional<double> temperature_c;
  std::optional<double> vcc_mv;
  std::optional<double> temperature_high_c, temperature_low_c;
  std::optional<double> vcc_high_mv, vcc_low_mv;
  std::optional<double> tx_power_high_mw, tx_power_low_mw;
  std::optional<double> rx_power_high_mw, rx_power_low_mw;
  std::optional<std::uint64_t> tx_los, rx_los, tx_lol, rx_lol;  // a bit per lane; 0 is good
  bool operator==(const HccnOptical&) const = default;
};
Parsed<HccnOptical> parse_hccn_optical(std::string_view out, std::string_view err);
Parsed<std::vector<OfDevice<HccnOptical>>> parse_hccn_optical_each(std::string_view out,
                                                                   std::string_view err);

}  // namespace touchstone
