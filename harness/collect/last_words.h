#pragma once

#include <string>

namespace touchstone {

// The last lines of what a program said on standard error: they say why, the first ones are
// banners. A terminal's control characters have no place in a report.
std::string last_words(std::string text);

}  // namespace touchstone
