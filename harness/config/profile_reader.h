#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/config/reader.h"
#include "harness/model/profile.h"

namespace touchstone {

// The values of a profile: of a profile's own file, or what a site overrides.
enum class ProfilePart { kFile, kSite };

// `base`: where values that are not there come from; without one all are required.
void read_profile(Profile& into, const YamlNode& map, const Where& where, ProfilePart part,
                  bool has_base);

std::vector<std::string_view> profile_keys(ProfilePart part);

bool is_profile_path(std::string_view name_or_path);

// A profile that another file names: complains there when it is unknown or cannot be read.
Profile referenced_profile(const YamlNode& name, const Where& where);

// The profile as YAML, a comment before each value.
std::string write_profile(const Profile& profile);

}  // namespace touchstone
