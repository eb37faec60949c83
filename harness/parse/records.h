#pragma once

#include <string_view>
#include <vector>

#include "harness/model/parsed.h"

namespace touchstone {

// Answers whose records end with NUL and hold a file's name as their last part: whatever the name
// is (blanks, tabs, line ends), it comes out as it is. The last record may not lack its NUL, or the
// answer was cut. Nothing printed: what the command said instead.
Parsed<std::vector<std::string_view>> records_of(std::string_view out, std::string_view err,
                                                 const Phrase& command);

}  // namespace touchstone
