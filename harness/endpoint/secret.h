#pragma once

#include <optional>
#include <string>

#include "harness/model/inventory.h"

namespace touchstone {

// The bearer token, read now and kept for as long as the questions are asked. Nothing: the site
// has none. Throws std::runtime_error, which never has a part of the token in it.
std::optional<std::string> bearer_token(const EndpointAccess& access);

}  // namespace touchstone
