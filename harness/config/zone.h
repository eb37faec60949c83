#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "harness/model/text.h"

namespace touchstone {

// The first moment after the day that a text such as "2026-12-31 Asia/Shanghai" names, in Unix
// seconds. The zone is one of the IANA database, or UTC; none is guessed, and no abbreviation is
// taken, since CST is a zone in America and one in China. Where the text is wrong, nothing, and
// `error` says what would be right. The rules of the zones are ICU's own data.
std::optional<double> end_of_day(std::string_view text, Text* error);

}  // namespace touchstone
