#pragma once

#include <map>
#include <string>
#include <string_view>

#include "harness/model/parsed.h"

namespace touchstone {

// version.info of MindIE and of nnal's ATB, "NAME : VALUE" lines:
// `cat /usr/local/Ascend/mindie/latest/version.info`, `cat
// /usr/local/Ascend/nnal/atb/latest/version.info`. A file that is not there: kNotSet.
struct AscendVersion {
  std::string package;  // "Ascend-mindie", "Ascend-cann-atb"
  std::string version;  // the most exact one that the package tells of itself: "8.0.T63.B020"
  std::map<std::string, std::string> fields;  // all of them
  bool operator==(const AscendVersion&) const = default;
};
Parsed<AscendVersion> parse_ascend_version(std::string_view out, std::string_view err);

}  // namespace touchstone
