#pragma once

#include <optional>
#include <string_view>

namespace touchstone {

// The character at `at`, and moves on; nothing, and one byte on, where the bytes are no UTF-8.
std::optional<char32_t> next_character(std::string_view text, std::size_t& at);

bool is_utf8(std::string_view text);

}  // namespace touchstone
