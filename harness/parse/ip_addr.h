#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/model/parsed.h"

namespace touchstone {

// `ip -j addr`: the addresses of a host.
struct IpAddresses {
  struct Address {
    std::string interface;
    std::string address;  // IPv4 or IPv6
    int prefix = 0;
    bool up = false;  // the interface has the flag UP
    bool operator==(const Address&) const = default;
  };
  std::vector<Address> addresses;
  bool operator==(const IpAddresses&) const = default;
};

// Old tools do not know -j and say so: kErrorText.
Parsed<IpAddresses> parse_ip_addr(std::string_view out, std::string_view err);

}  // namespace touchstone
