#pragma once

#include "harness/model/document.h"
#include "harness/model/profile.h"

namespace touchstone {

// suites/document.yaml, which is part of the program. It is read when the program is built: a
// mistake in it fails the build, and no run spends its time on YAML that cannot have changed.
Document guide();
// The same for one profile: what is said of another model, of other weights, or of the other way to
// start the container does not apply.
Document guide(const Profile& profile);

}  // namespace touchstone
