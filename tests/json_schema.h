#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace touchstone {

// docs/NAME; throws where it is no JSON.
nlohmann::json schema_of(const std::string& name);

// What of `value` is not as the schema says, each with its place ("results[3].step: …"). Knows as
// much of JSON Schema as the schemas in docs/ use; a keyword beyond that is told as well, so that
// nothing of a schema goes unchecked.
std::vector<std::string> against_schema(const nlohmann::json& schema, const nlohmann::json& value);

}  // namespace touchstone
