#pragma once

#include <string>

#include "suites/compare.h"

namespace touchstone {

// What is right where hosts of a group differ: the master's value; if the profile has a rule that
// the master's breaks, the first that keeps it; without a master's, what most have.
template <class Fits>
std::string right_of(const NamedValues& values, const std::string& master, Fits fits) {
  for (const auto& [where, value] : values)
    if (where.target().host == master && fits(value)) return value;
  const std::string fitting = first_that(values, fits);
  return fitting.empty() ? most_common(values) : fitting;
}

}  // namespace touchstone
