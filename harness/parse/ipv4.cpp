#include "harness/parse/ipv4.h"

#include <bit>
#include <charconv>

namespace touchstone {
namespace {

// Cuts the text at its dots into four parts; false if there are more or fewer.
bool four_parts(std::string_view text, std::string_view (&parts)[4]) {
  for (int i = 0; i < 4; ++i) {
    const std::size_t dot = text.find('.');
    if ((dot == std::string_view::npos) != (i == 3)) return false;
    parts[i] = text.substr(0, dot);
    if (i < 3) text.remove_prefix(dot + 1);
  }
  return true;
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::optional<std::uint32_t> ipv4_of(std::string_view text) {
  std::string_view parts[4];
  if (!four_parts(text, parts)) return std::nullopt;
  std::uint32_t address = 0;
  for (const std::string_view part : parts) {
    if (!is_digits(part) || part.size() > 3 || (part.size() > 1 && part[0] == '0'))
      return std::nullopt;
    unsigned value = 0;
    std::from_chars(part.data(), part.data() + part.size(), value);
    if (value > 255) return std::nullopt;
    address = address << 8 | value;
  }
  return address;
}

std::optional<int> prefix_length_of(std::string_view netmask) {
  const auto mask = ipv4_of(netmask);
  if (!mask || *mask == 0) return std::nullopt;
  const int ones = std::countl_one(*mask);
  if (ones + std::countr_zero(*mask) != 32 && ones != 32) return std::nullopt;
  return ones;
}

bool same_subnet(std::string_view a, std::string_view b, std::string_view netmask) {
  const auto left = ipv4_of(a), right = ipv4_of(b), mask = ipv4_of(netmask);
  return left && right && prefix_length_of(netmask) && (*left & *mask) == (*right & *mask);
}

bool is_masked_address(std::string_view text) {
  std::string_view parts[4];
  if (!four_parts(text, parts)) return false;
  bool masked = false;
  for (const std::string_view part : parts) {
    if (is_digits(part)) continue;
    if (part.empty() || part.find_first_not_of("xX*#?0123456789") != std::string_view::npos)
      return false;
    masked = true;
  }
  return masked;
}

}  // namespace touchstone
