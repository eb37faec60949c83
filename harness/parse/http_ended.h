#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "harness/parse/http_exchange.h"

namespace touchstone {

// What libcurl or curl(1) said at the end. Both have the same numbers.
struct CurlEnd {
  std::int64_t code = 0;
  bool cut = false;        // stopped because the size limit was reached
  bool not_asked = false;  // never begun
  bool connected = false;  // known to have been connected
};

// What that means, seen with what came until then.
HttpExchange::End ended(const CurlEnd& curl, const HttpExchange& exchange);

std::string small_letters(std::string_view text);

}  // namespace touchstone
