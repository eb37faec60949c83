#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "harness/model/text.h"

// Foreign text in our own sentences: a host may send a megabyte in one line.
namespace touchstone {

inline constexpr std::size_t kLineBytes = 200;

// The first line that says something, without blanks before it, and of that the first `most` bytes
// in whole characters; empty where none does. Reports escape it.
std::string first_line(std::string_view text, std::size_t most = kLineBytes);

// A text that is longer than `most` bytes ends there, and says so.
std::string bounded(std::string text, std::size_t most);
Text bounded(Text text, std::size_t most);

}  // namespace touchstone
