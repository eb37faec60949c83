#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/config/config_error.h"

namespace touchstone {

// What a first inventory says besides its hosts.
struct InitOptions {
  std::string cluster = "my-cluster";
  std::string profile = "deepseek-r1-w8a8";
  Language language = Language::kEn;  // of the comments
};

// Texts of inventories, with comments on what to look at; load_inventory takes them as they are.
// All throw ConfigError.

// From the words of a command line: node-01, root@node-01:2222, node-01=10.0.0.11,
// "node-[01-16]=10.0.0.[11-26]"; an IPv6 address with a port stands in brackets.
std::string write_inventory(const std::vector<std::string>& hosts, const InitOptions& options);

// From a rank table (guide 3.2): its servers, the first one as master, the order it has and the
// addresses of the NPUs. What is wrong with the table, but no hindrance, becomes a comment.
std::string inventory_from_rank_table(std::string_view text, const std::string& file,
                                      const InitOptions& options);

// From an Ansible inventory in INI form. Passwords are never copied.
std::string inventory_from_ansible(std::string_view text, const std::string& file,
                                   const InitOptions& options);

}  // namespace touchstone
