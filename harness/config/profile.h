#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/config/config_error.h"
#include "harness/model/profile.h"

namespace touchstone {

// The profiles that come with the program, in the order of the alphabet.
std::vector<std::string> profile_names();

// One of those by name, or a file by its path (ends in .yaml or .yml, or holds a '/').
// Throws ConfigError; for an unknown name it lists those that there are.
Profile find_profile(const std::string& name_or_path);

// `based_on` and relative paths in it are looked up from the folder of `file_name`.
Profile parse_profile(std::string_view text, const std::string& file_name);

// As YAML for people, with a comment on every value: what it is, and where the guide says so.
std::string profile_text(const std::string& name_or_path);

}  // namespace touchstone
