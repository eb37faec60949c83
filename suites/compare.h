#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "harness/model/evidence.h"
#include "harness/model/finding.h"

namespace touchstone {

using NamedValues = std::vector<std::pair<Evidence, std::string>>;

// The value that most have; of equally frequent ones, the one that comes first.
inline std::string most_common(const NamedValues& values) {
  std::map<std::string, std::size_t> counts;
  for (const auto& [where, value] : values) ++counts[value];
  std::string best;
  for (const auto& [where, value] : values)
    if (best.empty() || counts[value] > counts[best]) best = value;
  return best;
}

// Every value is the same; a finding names each target that has another one than most.
inline void expect_the_same(const NamedValues& values, const Text& why) {
  const std::string common = most_common(values);
  for (const auto& [where, value] : values)
    EXPECT_EQ(value, common) << Finding{
        .target = where.target().str(), .expected = common + " (as most)", .actual = value, .why = why};
}

}  // namespace touchstone
