#pragma once

#include <algorithm>
#include <iterator>

#include "suites/compare.h"

namespace touchstone {

// What is right where hosts of a group differ: the master's value; where that breaks a rule of the
// profile, what most of those have that keep it, and where nobody does, what most have. Of equally
// common ones it is that of the host that the inventory names first: any of them is a guess, and
// this one stays the same from run to run.
template <class Fits>
std::string right_of(const NamedValues& values, Fits fits) {
  NamedValues fitting;
  std::copy_if(values.begin(), values.end(), std::back_inserter(fitting),
               [&](const auto& one) { return fits(one.second); });
  for (const auto& [where, value] : fitting)
    if (where.is_master()) return value;
  return most_common(fitting.empty() ? values : fitting);
}

}  // namespace touchstone
