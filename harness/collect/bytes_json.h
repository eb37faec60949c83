#pragma once

#include <string>
#include <string_view>

namespace touchstone {

// Bytes that are no UTF-8 are kept in JSON as base64, so that a recording is exact.
bool is_utf8(std::string_view bytes);
std::string base64_of(std::string_view bytes);
bool from_base64(std::string_view text, std::string& bytes);  // false: no base64

}  // namespace touchstone
