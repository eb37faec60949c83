#pragma once

#include <string>
#include <string_view>

namespace touchstone {

// A unified difference of two texts, with three lines around each change, as `diff -u` writes it.
// Lines over 200 characters are cut for the eye; equal texts give "".
std::string difference(std::string_view before, std::string_view after, std::string_view name);

}  // namespace touchstone
