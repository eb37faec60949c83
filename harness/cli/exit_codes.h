#pragma once

namespace touchstone::cli {

// 0 accepted, 1 rejected and 2 could not tell come from the run record; these from sysexits.h and
// the shells.
inline constexpr int kWrongUsage = 64;
inline constexpr int kCannotWrite = 73;
inline constexpr int kWrongConfiguration = 78;
inline constexpr int kInterrupted = 130;

}  // namespace touchstone::cli
