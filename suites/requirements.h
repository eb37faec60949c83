#pragma once

#include "harness/model/step.h"

namespace touchstone {

// 1.1.6–1.1.10, which section 1.1 lists and the container has: 01_1_software.cpp.
void add_software_steps(Chapter& chapter);

}  // namespace touchstone
