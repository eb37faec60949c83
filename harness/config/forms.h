#pragma once

#include <string>
#include <string_view>

#include "harness/model/text.h"

namespace touchstone {

// What names, addresses and paths may look like. Each gives what is wrong and what would be right,
// or nothing. These texts end up in the arguments of ssh, in paths on hosts and in reports; so none
// may begin with '-', or hold blanks or what a shell would act on.

Text name_error(std::string_view text);     // of a host, a group or a container
Text address_error(std::string_view text);  // a host name, IPv4 or IPv6
bool is_ipv6(std::string_view text);
// One spelling of what means the same host: "HostX" and "hostx", "0:0::1" and "::1",
// "::ffff:10.0.0.1" and "10.0.0.1".
std::string same_spelling(std::string_view address);
// Of what looks like an address and is no host's: 10.xx.xx.10 of a document, 0.0.0.0, ::,
// multicast. A name is not looked at further.
Text leads_nowhere_error(std::string_view text);
Text ipv4_error(std::string_view text);
Text service_address_error(std::string_view text);  // an IPv4 address that a host may have
Text unicast_error(std::string_view text);          // an IPv4 address that one port may have
Text netmask_error(std::string_view text);
Text user_error(std::string_view text);
Text absolute_path_error(std::string_view text);
Text path_error(std::string_view text);
Text variable_error(std::string_view text);  // the name of one of the environment

// {host} and {address} in a text; anything else in braces is told.
Text placeholder_error(std::string_view text);
std::string filled_in(std::string text, const std::string& host, const std::string& address);

}  // namespace touchstone
