#pragma once

#include <string>
#include <string_view>

namespace touchstone {

// As sha256sum prints it: 64 hex digits in lower case.
std::string sha256(std::string_view bytes);

}  // namespace touchstone
