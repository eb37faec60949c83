#pragma once

#include "harness/model/evidence.h"
#include "harness/model/step.h"

namespace touchstone {

// The host that serves: the one that the inventory names, else the first in the profile's order.
const Host* master_of(const Group& group, const Profile& profile);

// 6.3.3 to 6.3.7.
void add_daemon_steps(Chapter& chapter);

}  // namespace touchstone
