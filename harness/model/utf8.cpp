#include "harness/model/utf8.h"

#include <cstddef>
#include <utility>

namespace touchstone {
namespace {

// How many bytes follow this first byte, and its own bits; -1: no first byte.
std::pair<int, char32_t> lead(unsigned char byte) {
  if (byte < 0x80) return {0, byte};
  if (byte >= 0xc2 && byte <= 0xdf) return {1, byte & 0x1fU};
  if (byte >= 0xe0 && byte <= 0xef) return {2, byte & 0x0fU};
  if (byte >= 0xf0 && byte <= 0xf4) return {3, byte & 0x07U};
  return {-1, 0};
}

}  // namespace

std::optional<char32_t> next_character(std::string_view text, std::size_t& at) {
  auto [follow, c] = lead(static_cast<unsigned char>(text[at]));
  const std::size_t from = at++;
  if (follow < 0 || text.size() - from <= static_cast<std::size_t>(follow)) return std::nullopt;
  for (int i = 1; i <= follow; ++i) {
    const auto byte = static_cast<unsigned char>(text[from + static_cast<std::size_t>(i)]);
    if ((byte & 0xc0U) != 0x80) return std::nullopt;
    c = (c << 6U) | (byte & 0x3fU);
  }
  const bool overlong = (follow == 2 && c < 0x800) || (follow == 3 && c < 0x10000);
  if (overlong || (c >= 0xd800 && c <= 0xdfff) || c > 0x10ffff) return std::nullopt;
  at = from + 1 + static_cast<std::size_t>(follow);
  return c;
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80)
      ++at;
    else if (!next_character(text, at))
      return false;
  }
  return true;
}

}  // namespace touchstone
