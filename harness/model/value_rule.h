#pragma once

#include <string>
#include <string_view>

#include "harness/model/text.h"

namespace touchstone {

// What a profile says of one variable or parameter: exactly this text ("hccl", "true"; numbers are
// compared as numbers), a range of numbers ("120..7200", ">=2048"), or "any": it is there and not
// empty.
bool value_fits(std::string_view value, std::string_view wanted);

// Whether only a number can be right: a range, or a number itself.
bool wants_number(std::string_view wanted);

// Empty when `wanted` is of that form, else what is wrong with it.
Text value_rule_error(std::string_view wanted);

}  // namespace touchstone
