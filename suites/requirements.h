#pragma once

#include "harness/model/step.h"
#include "harness/parse/version_info.h"

namespace touchstone {

// Of cann-kernels: its `Version` is the number of the inner build.
std::string kernels_version(const VersionInfo& info);

// 1.1.6–1.1.10, which section 1.1 lists and the container has: 01_1_software.cpp.
void add_software_steps(Chapter& chapter);

}  // namespace touchstone
