#pragma once

#include <optional>
#include <string_view>

#include "harness/model/parsed.h"

namespace touchstone {

// What hccn_tool says instead of an answer, on either stream: the refusal with the message's
// meaning. Nothing for other lines.
std::optional<Refusal> hccn_message(std::string_view line);

}  // namespace touchstone
