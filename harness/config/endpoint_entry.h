#pragma once

#include <span>
#include <string_view>

#include "harness/config/reader.h"
#include "harness/model/inventory.h"

namespace touchstone {

// `endpoint` of a group: how the endpoints of its service are asked.
std::span<const std::string_view> endpoint_keys();
EndpointAccess read_endpoint(const YamlNode& map, const Where& where);

}  // namespace touchstone
