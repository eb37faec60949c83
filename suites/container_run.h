#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/model/evidence.h"
#include "harness/parse/docker_inspect.h"

// The `docker run` of guide 4.2 with the profile's values, and how a container differs from it.
namespace touchstone {

// The device nodes that the container must have: those of the host's NPUs, and the profile's.
std::vector<std::string> wanted_devices(const Evidence& host);

// The documented command, in the profile's way to start (devices or runtime).
std::string documented_run(const Evidence& host);
std::vector<std::string> documented_run_words(const Evidence& host);

// One option that is missing or has another value.
struct ContainerDifference {
  Phrase wanted;  // "--privileged"
  Phrase actual;  // "not given"
};
std::vector<ContainerDifference> option_differences(const Evidence& host,
                                                    const DockerContainer& container);
std::vector<ContainerDifference> mount_differences(const Evidence& host,
                                                   const DockerContainer& container);
std::vector<ContainerDifference> device_differences(const Evidence& host,
                                                    const DockerContainer& container);

// The path on the host that the container was told to show at `path`; empty: the file there is the
// container's own.
std::string source_of(const DockerContainer& container, const std::string& path);

// "0-7", "0,1,2", "all" of ASCEND_VISIBLE_DEVICES: whether that is every NPU from 0 to count-1.
bool names_all_npus(std::string_view value, int count);

}  // namespace touchstone
