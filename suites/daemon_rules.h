#pragma once

#include <optional>

#include "harness/model/evidence.h"
#include "suites/probes_service.h"

// What 6.3.3, 6.3.4 and 6.3.5 expect of the daemon of one host.
namespace touchstone {

// Where no service is meant to run, nothing of it can be judged.
std::optional<Text> without_service(const Evidence& host);
// Throws NoEvidence where none runs.
const ServiceProcesses::Process& daemon_of(const Evidence& host);

// Seconds. The boot time that the kernel tells is whole seconds and moves with the clock's
// corrections, and so does all that is reckoned from it.
inline constexpr double kBlur = 2;

// True for a variable that switches debug logging on, which is for 6.3.5 to say.
bool logs_debug(const std::string& name, const std::string& value);

void expect_daemon(const Evidence& host);        // 6.3.3
void expect_it_came_up(const Evidence& host);    // 6.3.4
void expect_no_debugging(const Evidence& host);  // 6.3.5

}  // namespace touchstone
