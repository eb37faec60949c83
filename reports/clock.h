#pragma once

#include <string>

namespace touchstone {

// "2026-03-01T04:05:06Z". Empty for a time that is not known (0) or no time at all.
std::string utc(double unix_seconds);

}  // namespace touchstone
