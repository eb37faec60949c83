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

}  // namespace touchstone
