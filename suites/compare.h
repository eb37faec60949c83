#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "harness/model/evidence.h"
#include "harness/model/finding.h"
#include "harness/model/said.h"

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

inline Text as_it_is(const std::string& value) {
  return Phrase(value);
}

// Every value is the same; a finding names each target that has another one. What is right is
// `preferred` (the profile's value, or the master's) wherever somebody has it: of two hosts that
// differ neither is "most". `shown`: how a finding says a value.
inline void expect_the_same(const NamedValues& values, const Text& why,
                            const std::string& preferred = "", const Text& whose = {},
                            const std::function<Text(const std::string&)>& shown = as_it_is) {
  const bool has_preferred =
      !preferred.empty() && std::any_of(values.begin(), values.end(),
                                        [&](const auto& v) { return v.second == preferred; });
  const std::string right = has_preferred ? preferred : most_common(values);
  for (const auto& [where, value] : values)
    EXPECT_EQ(value, right) << Finding{
        .target = where.target().str(),
        .expected = shown(right) + (has_preferred ? whose : Text{"(与多数相同)", " (as most)"}),
        .actual = shown(value),
        .why = why};
}

// Of the values, the first that `fits`; empty: none does.
template <class Fits>
std::string first_that(const NamedValues& values, Fits fits) {
  for (const auto& [where, value] : values)
    if (fits(value)) return value;
  return "";
}

}  // namespace touchstone
