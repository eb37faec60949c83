#pragma once

#include <map>
#include <string>
#include <string_view>

#include "harness/model/parsed.h"

namespace touchstone {

// `cat /etc/hccn.conf`: `key_N=value`. Read as hccn_tool reads it: `#` lines and lines without `=`
// do not count, the first of two equal keys wins. "..." (a document's abbreviation) is refused.
struct HccnConf {
  std::map<int, std::map<std::string, std::string>> by_npu;  // NPU → "address" → "10.20.0.1"
  std::map<std::string, std::string> others;                 // keys that end in no number
  bool operator==(const HccnConf&) const = default;
};
Parsed<HccnConf> parse_hccn_conf(std::string_view out, std::string_view err);
// The same, and refuses values that no NPU can have: addresses and netmasks that are masked or
// none, a TLS switch other than 0 and 1. Step 3.1.12 compares with what is in force, and finds and
// mends these one by one.
Parsed<HccnConf> parse_hccn_conf_values(std::string_view out, std::string_view err);

}  // namespace touchstone
