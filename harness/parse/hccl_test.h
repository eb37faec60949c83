#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/parsed.h"

namespace touchstone {

// The table that the tests of CANN's hccl_test print (all_reduce_test and its like).
struct HcclTest {
  struct Row {
    std::uint64_t bytes = 0;  // of data on one NPU
    double time_us = 0;
    double bandwidth_gbs = 0;  // of the algorithm: bytes by time
    std::string check;         // "success", "failed", "NULL" (not checked)
    bool operator==(const Row&) const = default;
  };
  std::vector<Row> rows;
  bool operator==(const HcclTest&) const = default;
};
Parsed<HcclTest> parse_hccl_test(std::string_view out, std::string_view err);

}  // namespace touchstone
