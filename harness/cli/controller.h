#pragma once

#include <atomic>
#include <string>

// This side of a run: who sits here, and whether he wants to stop.
namespace touchstone::cli {

// user@controller
std::string who();

// From now on SIGINT and SIGTERM end the run in order: interrupted() becomes true, and whoever
// works looks at it.
void watch_interrupts();
const std::atomic<bool>& interrupted();

}  // namespace touchstone::cli
