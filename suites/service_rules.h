#pragma once

#include "harness/model/evidence.h"
#include "harness/model/step.h"

namespace touchstone {

// 6.3.3 to 6.3.7.
void add_daemon_steps(Chapter& chapter);

}  // namespace touchstone
