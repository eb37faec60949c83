#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/parsed.h"

namespace touchstone {

// `df -Pk PATH`. No such path: kNotSet.
struct DiskFree {
  std::string filesystem;
  std::int64_t size_kib = 0;
  std::int64_t used_kib = 0;
  std::int64_t available_kib = 0;
  std::string mount;
  bool operator==(const DiskFree&) const = default;
};
Parsed<DiskFree> parse_df(std::string_view out, std::string_view err);
Parsed<std::vector<DiskFree>> parse_df_each(std::string_view out, std::string_view err);

}  // namespace touchstone
