#pragma once

#include <map>
#include <string>
#include <string_view>

namespace touchstone {

// For every kind a text that it takes; of our own making, after the grammar.
const std::map<std::string_view, std::string>& samples();

}  // namespace touchstone
