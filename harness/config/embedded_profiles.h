#pragma once

#include <span>
#include <string_view>

namespace touchstone {

// The files of suites/profiles, put into the program when it is built (see CMakeLists.txt here).
struct EmbeddedProfile {
  std::string_view name;  // the file's, without .yaml
  std::string_view text;
};
std::span<const EmbeddedProfile> embedded_profiles();

}  // namespace touchstone
