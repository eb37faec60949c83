#pragma once

#include <map>
#include <string>
#include <string_view>

#include "harness/model/parsed.h"

namespace touchstone {

// `cat /usr/local/Ascend/driver/version.info` (and firmware/version.info): KEY=VALUE lines, one of
// them `Version=`. A file that is not there ("No such file", of cat): kNotSet.
struct VersionInfo {
  std::string version;                        // Version=24.1.rc3
  std::map<std::string, std::string> fields;  // all of them
  bool operator==(const VersionInfo&) const = default;
};
Parsed<VersionInfo> parse_version_info(std::string_view out, std::string_view err);

// `cat …_install.info`: of Ascend Docker Runtime (`version=v6.0.0`), of CANN packages
// (`version=8.0.RC3`), and /etc/ascend_install.info, which has no version.
struct InstallInfo {
  std::string version;  // without a leading `v`; empty where the file tells none
  std::map<std::string, std::string> fields;
  bool operator==(const InstallInfo&) const = default;
};
Parsed<InstallInfo> parse_install_info(std::string_view out, std::string_view err);

}  // namespace touchstone
