#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace touchstone {

// Dotted IPv4 as the tools print it: four decimal numbers, no leading zeros, nothing around them.
std::optional<std::uint32_t> ipv4_of(std::string_view text);

// 255.255.0.0 → 16; no value for 0.0.0.0 and for masks with holes.
std::optional<int> prefix_length_of(std::string_view netmask);

// False as well when one of the three is no address.
bool same_subnet(std::string_view a, std::string_view b, std::string_view netmask);

// Four dotted parts in which letters or stars stand for digits (`10.xx.xx.10`): a document, not an
// answer.
bool is_masked_address(std::string_view text);

}  // namespace touchstone
