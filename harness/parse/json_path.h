#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "harness/parse/json_text.h"

namespace touchstone {

// What programs print grows with their versions: only what is used must be there. Each of these has
// nothing to give where a member on the path is missing or is of another type.
using JsonPath = std::initializer_list<std::string_view>;
const JsonNode* node_at(const JsonNode& root, JsonPath path);
std::string text_at(const JsonNode& root, JsonPath path);
std::optional<std::int64_t> number_at(const JsonNode& root, JsonPath path);

// The same for one step of a chain: null of null.
const JsonNode* member(const JsonNode* node, std::string_view key);

// Every value that is no object by its path from the root, as "ModelConfig[0].worldSize"; a list is
// one value, unless objects are in it. Empty objects are values, too. `each` says whether to go on;
// the same is returned.
using EachValue = std::function<bool(const std::string& path, const JsonNode& value)>;
bool each_value(const JsonNode& root, const EachValue& each);

}  // namespace touchstone
