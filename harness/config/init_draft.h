#pragma once

#include <optional>
#include <string>
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

}  // namespace touchstone
