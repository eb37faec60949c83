#pragma once

#include <string>
#include <string_view>

namespace touchstone {

// What names, addresses and paths may look like. Each gives what is wrong and what would be right,
// or nothing. These texts end up in the arguments of ssh, in paths on hosts and in reports; so none
// may begin with '-', or hold blanks or what a shell would act on.

std::string name_error(std::string_view text);     // of a host, a group or a container
std::string address_error(std::string_view text);  // a host name, IPv4 or IPv6
std::string ipv4_error(std::string_view text);
std::string unicast_error(std::string_view text);  // an IPv4 address that one port may have
std::string netmask_error(std::string_view text);
std::string user_error(std::string_view text);
std::string absolute_path_error(std::string_view text);
std::string path_error(std::string_view text);
std::string variable_error(std::string_view text);  // the name of one of the environment

// {host} and {address} in a text; anything else in braces is told.
std::string placeholder_error(std::string_view text);
std::string filled_in(std::string text, const std::string& host, const std::string& address);

}  // namespace touchstone
