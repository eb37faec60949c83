#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/model/parsed.h"

namespace touchstone {

// `systemctl is-active UNIT`. Exit codes differ with the word (3 for inactive and failed, 4 for no
// such unit).
struct SystemctlActive {
  std::string state;  // active, inactive, failed, activating, …
  bool active = false;
  bool operator==(const SystemctlActive&) const = default;
};
Parsed<SystemctlActive> parse_systemctl_active(std::string_view out, std::string_view err);

// `systemctl is-enabled UNIT`. No such unit: kNotSet.
struct SystemctlEnabled {
  std::string state;     // enabled, disabled, static, masked, …
  bool enabled = false;  // started at boot by itself: "enabled" or "alias"
                         // generated count by state
  bool operator==(const SystemctlEnabled&) const = default;
};
Parsed<SystemctlEnabled> parse_systemctl_enabled(std::string_view out, std::string_view err);

// `systemctl cat UNIT`, or the text of a unit file: the main file first, then its drop-ins. No such
// unit: kNotSet.
struct UnitFile {
  struct Entry {
    std::string section;  // "Service"
    std::string key;
    std::string value;  // continuation lines joined by a blank
    std::string file;   // from the comment above each file; empty in a plain unit file
    int line = 0;       // in the text
    bool operator==(const Entry&) const = default;
  };
  std::vector<Entry> entries;

  // What is in force of a key that may stand several times: an empty assignment drops those before
  // it.
  std::vector<Entry> in_force(std::string_view section, std::string_view key) const;
  bool operator==(const UnitFile&) const = default;
};
Parsed<UnitFile> parse_unit_file(std::string_view out, std::string_view err);

}  // namespace touchstone
