#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "harness/model/inventory.h"

namespace touchstone {

// An inventory as a recording holds it: everything, the profile with the site's overrides included.
nlohmann::json json_of(const Inventory& inventory);
Inventory inventory_of(const nlohmann::json& json);  // throws nlohmann::json::exception

}  // namespace touchstone
