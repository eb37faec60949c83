#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/config/init.h"

namespace touchstone {

// An inventory that is about to be written. Keys keep the names of docs/inventory.md.
struct Draft {
  using Keys = std::vector<std::pair<std::string, std::string>>;  // key → value, both as texts
  struct Host {
    std::string name;  // or a pattern
    Keys keys;         // in the order of writing
    Text note;         // a comment behind it
    std::vector<std::string> npu_addresses;
  };
  struct Group {
    std::string name;
    std::string master;
    std::vector<Host> hosts;
  };
  std::vector<Text> notes;  // comments at the top
  std::vector<Group> groups;
  Keys site;
};

std::string write_draft(const Draft& draft, const InitOptions& options);

// Takes ":2222" off the end; "" where there is none. An IPv6 address alone is full of colons; with
// a port it is in brackets, which are taken off, too.
std::string take_port(std::string_view& word);
// As the name of a host: one of IPv6 has colons, and a name has none.
std::string name_of_address(std::string address);

}  // namespace touchstone
