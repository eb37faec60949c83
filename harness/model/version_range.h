#pragma once

#include <string>
#include <string_view>

#include "harness/model/text.h"

namespace touchstone {

// What a profile says of a version: exact ("24.1.rc3"), or bounds joined by commas
// (">=24.1.rc3,<26"). Parts are compared as numbers where both are numbers; "rc3" is older than
// "0", as in Huawei's own numbering (24.1.rc3 came before 24.1.0), and a build B is of the release
// before it (2.0.T3.B010 is a 2.0.T3).
bool version_fits(std::string_view version, std::string_view wanted);

// Empty when `wanted` is of that form, else what is wrong with it.
Text version_range_error(std::string_view wanted);

// Negative, zero or positive, as by strcmp.
int compare_versions(std::string_view a, std::string_view b);

}  // namespace touchstone
