#pragma once

#include <map>
#include <string>
#include <string_view>

namespace touchstone {

// For every kind a text that it takes; of our own making, after the grammar.
const std::map<std::string_view, std::string>& samples();

// The client of an engine that does not run.
inline constexpr std::string_view kNoDaemon =
    "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon "
    "running?\n";

}  // namespace touchstone
