#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace touchstone {

// The word that was probably meant; nothing when none is near.
std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> known);

// A key of the file as part of a place: as it is when it looks like a key, else shortened and in
// quotes.
std::string quoted_if_odd(std::string_view key);

}  // namespace touchstone
