#pragma once

#include <optional>
#include <string_view>

#include "harness/model/parsed.h"

namespace touchstone {

// Messages of the shell and of cat, stat, df: not found, no such file, permission denied.
std::optional<Refusal> shell_message(std::string_view line);

}  // namespace touchstone
