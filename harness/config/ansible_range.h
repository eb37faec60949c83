#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/model/text.h"

namespace touchstone {

// "node[01:16]", "rack[a:c]", "n[0:8:2]": the last number is the step, bounds are included, leading
// zeros are kept. Empty when it is none of these; `error` says why.
std::vector<std::string> expand_ansible_range(std::string_view pattern, Text& error);

}  // namespace touchstone
