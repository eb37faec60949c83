#pragma once

#include <vector>

#include "harness/model/change.h"
#include "harness/model/evidence.h"

// What the remedies of Docker share.
namespace touchstone {

// docker.service as it is read before it is enabled and started; without its commands.
Change docker_service_change(const Evidence& host);
HostCommand enable_docker();
HostCommand start_docker();

// Programs, unit file and start where there is neither a docker command nor docker.service. Throws
// NoEvidence where the site has given no way.
std::vector<Change> install_docker(const Evidence& host);

}  // namespace touchstone
