#pragma once

#include <cstdint>
#include <string_view>

#include "harness/model/parsed.h"

namespace touchstone {

// `cat /proc/meminfo`
struct MemInfo {
  std::int64_t total_kib = 0;
  std::int64_t available_kib = 0;  // kernels before 3.14 have none: 0
  bool operator==(const MemInfo&) const = default;
};
Parsed<MemInfo> parse_meminfo(std::string_view out, std::string_view err);

}  // namespace touchstone
