#pragma once

#include <chrono>

namespace touchstone {

// Now by this machine's clock: seconds since 1970, UTC.
inline double unix_time() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace touchstone
