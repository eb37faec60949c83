#pragma once

namespace touchstone::cli {

inline constexpr const char* kVersion = TOUCHSTONE_VERSION;

}  // namespace touchstone::cli
