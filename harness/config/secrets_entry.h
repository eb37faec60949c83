#pragma once

#include <span>
#include <string_view>

#include "harness/config/reader.h"
#include "harness/model/secrets.h"

namespace touchstone {

std::span<const std::string_view> secrets_keys();

// The map under `secrets`. Files and variables are needed wherever the inventory is: what cannot be
// known cannot be blanked. No message has a part of a value in it.
Secrets read_secrets(const YamlNode& map, const Where& where);

}  // namespace touchstone
