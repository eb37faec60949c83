#pragma once

#include <optional>

#include "harness/model/text.h"
#include "harness/model/visit.h"

namespace touchstone {

// Why the host has not answered, as a sentence that names it; nothing of one that has.
std::optional<Text> why_unanswered(const Visit& visit);

}  // namespace touchstone
