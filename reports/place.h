#pragma once

#include <string>

#include "harness/model/text.h"

namespace touchstone {

// Where the guide says it, for a reader: "3.1, instruction 6" is "3.1 第 6 条". A step has its
// place in English, in the few forms that are known here; another one stays as it is.
std::string place_text(const std::string& place, Language language);

}  // namespace touchstone
