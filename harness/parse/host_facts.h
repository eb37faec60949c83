#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "harness/model/parsed.h"

namespace touchstone {

// `uname -m`
struct Machine {
  std::string architecture;  // "aarch64"
  bool operator==(const Machine&) const = default;
};
Parsed<Machine> parse_uname(std::string_view out, std::string_view err);

// `id -u`
struct UserId {
  std::int64_t uid = 0;
  bool operator==(const UserId&) const = default;
};
Parsed<UserId> parse_user_id(std::string_view out, std::string_view err);

// `date +%s.%N`. BusyBox knows no %N and prints nothing or the letters for it: then nanoseconds are
// 0 and `coarse` is set.
struct ClockReading {
  std::int64_t seconds = 0;
  std::int64_t nanoseconds = 0;
  bool coarse = false;
  bool operator==(const ClockReading&) const = default;
};
Parsed<ClockReading> parse_clock(std::string_view out, std::string_view err);

}  // namespace touchstone
