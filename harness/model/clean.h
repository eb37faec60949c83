#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace touchstone {

// Text of hosts is hostile: it may hold terminal escapes, bytes that are no UTF-8, marks that turn
// the reading direction around. What these functions give is valid UTF-8 that XML allows and a
// terminal prints as it stands: every such character is shown as `\x1b` or `\u202e`, a byte that is
// no UTF-8 as U+FFFD.
std::string harmless(std::string_view text);       // tabs and line ends are kept, CR LF becomes LF
std::string harmless_line(std::string_view text);  // on one line: `\n`, `\t` too

// The first `bytes` bytes at most, cut between characters.
std::string_view cut_to(std::string_view text, std::size_t bytes);

// Columns on a terminal; East-Asian wide characters take two.
std::size_t columns_of(std::string_view text);
std::string padded(std::string_view text, std::size_t columns);

}  // namespace touchstone
