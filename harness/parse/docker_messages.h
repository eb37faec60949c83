#pragma once

#include <optional>
#include <string_view>

#include "harness/model/parsed.h"

namespace touchstone {

// What the client says when the engine does not answer: kErrorText. `client`: its version, where
// it was printed.
std::optional<Refusal> docker_engine_message(std::string_view text, std::string_view client);

// "No such container", "… object", "… image", in the spellings of Docker 18 to 28 and of podman:
// kNotSet.
std::optional<Refusal> docker_nothing_found(std::string_view text);

// What `docker exec` says instead of running anything: the container is not there (kNotSet), it
// does not run, or the program is not in it (kErrorText).
std::optional<Refusal> docker_exec_message(std::string_view out, std::string_view err);

}  // namespace touchstone
