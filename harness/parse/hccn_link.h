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

// `hccn_tool -i N -link -g`. DOWN exits 0: the state is in the text only.
struct HccnLink {
  bool up = false;
  bool operator==(const HccnLink&) const = default;
};
Parsed<HccnLink> parse_hccn_link(std::string_view out, std::string_view err);
Parsed<std::vector<OfDevice<HccnLink>>> parse_hccn_link_each(std::string_view out,
                                                             std::string_view err);

// `hccn_tool -i N -link_stat -g`
struct HccnLinkStat {
  struct Record {
    std::int64_t time = 0;  // the device's clock read as if it were UTC, seconds since 1970
    bool up = false;
    bool operator==(const Record&) const = default;
  };
  static constexpr std::size_t kMostRecords = 10;  // the tool keeps so many
  std::optional<std::int64_t> device;
  std::string current_time;  // as printed
  std::optional<std::int64_t>
      current;  // the same as Record::time counts; devices with no clock print 1970
  std::int64_t up_count = 0;
  std::optional<std::int64_t> down_count;  // older drivers do not count it
  std::vector<Record> records;             // newest first
  bool operator==(const HccnLinkStat&) const = default;
};
Parsed<HccnLinkStat> parse_hccn_link_stat(std::string_view out, std::string_view err);
Parsed<std::vector<OfDevice<HccnLinkStat>>> parse_hccn_link_stat_each(std::string_view out,
                                                                      std::string_view err);

// `hccn_tool -i N -net_health -g`
struct HccnNetHealth {
  enum class Status {
    kSuccess,
    kSocketFail,  // older tools print "Socket failed"
    kReceiveTimeout,
    kUnreachable,
    kTimeExceeded,
    kFault,
    kInit,  // nothing was detected yet: no netdetect address, or not started
    kThreadError,
    kDetectIpSet,  // an address is set, no result yet
    kUnknown,
  };
  Status status = Status::kUnknown;
  std::string text;  // as printed
  bool operator==(const HccnNetHealth&) const = default;
};
std::string_view name_of(HccnNetHealth::Status status);  // "success", "socket-fail", …
Parsed<HccnNetHealth> parse_hccn_net_health(std::string_view out, std::string_view err);
Parsed<std::vector<OfDevice<HccnNetHealth>>> parse_hccn_net_health_each(std::string_view out,
                                                                        std::string_view err);

// `hccn_tool -i N -speed -g`. "Speed: Unknown!": kNotSet.
struct HccnSpeed {
  std::int64_t mbps = 0;
  bool operator==(const HccnSpeed&) const = default;
};
Parsed<HccnSpeed> parse_hccn_speed(std::string_view out, std::string_view err);
Parsed<std::vector<OfDevice<HccnSpeed>>> parse_hccn_speed_each(std::string_view out,
                                                               std::string_view err);

// `hccn_tool -i N -stat -g`: counters that only grow; judge the difference of two looks.
struct HccnStat {
  std::map<std::string, std::uint64_t> counters;
  bool operator==(const HccnStat&) const = default;
};
Parsed<HccnStat> parse_hccn_stat(std::string_view out, std::string_view err);
Parsed<std::vector<OfDevice<HccnStat>>> parse_hccn_stat_each(std::string_view out,
                                                             std::string_view err);

// `hccn_tool -i N -mtu -g`
struct HccnMtu {
  std::int64_t mtu = 0;
  bool operator==(const HccnMtu&) const = default;
};
Parsed<HccnMtu> parse_hccn_mtu(std::string_view out, std::string_view err);
Parsed<std::vector<OfDevice<HccnMtu>>> parse_hccn_mtu_each(std::string_view out,
                                                           std::string_view err);

// `hccn_tool -i N -fec -g`: a port of 200 Gbit/s wants "rs".
struct HccnFec {
  std::string mode;  // "rs", "no", "auto"
  bool operator==(const HccnFec&) const = default;
};
Parsed<HccnFec> parse_hccn_fec(std::string_view out, std::string_view err);
Parsed<std::vector<OfDevice<HccnFec>>> parse_hccn_fec_each(std::string_view out,
                                                           std::string_view err);

// `hccn_tool -i N -process -g`: whether a collective job holds the port.
struct HccnProcess {
  bool exists = false;
  bool operator==(const HccnProcess&) const = default;
};
Parsed<HccnProcess> parse_hccn_process(std::string_view out, std::string_view err);
Parsed<std::vector<OfDevice<HccnProcess>>> parse_hccn_process_each(std::string_view out,
                                                                   std::string_view err);

// `hccn_tool -i N -status -g`: the text of ethtool.
struct HccnStatus {
  std::string iface;
  std::optional<std::int64_t> speed_mbps;  // none: "Unknown!"
  std::optional<bool> link_detected;
  std::map<std::string, std::string> fields;  // continuation lines are joined by blanks
  bool operator==(const HccnStatus&) const = default;
};
Parsed<HccnStatus> parse_hccn_status(std::string_view out, std::string_view err);
Parsed<std::vector<OfDevice<HccnStatus>>> parse_hccn_status_each(std::string_view out,
                                                                 std::string_view err);

}  // namespace touchstone
