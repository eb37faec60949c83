#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include <pugixml.hpp>

namespace touchstone::svg {

// What pictures are drawn with: plain attributes, and every text made harmless.

inline constexpr const char* kInk = "#1d2733";

std::string number(double value);  // a coordinate, without digits that nobody sees

using Attributes = std::initializer_list<std::pair<const char*, std::string>>;
pugi::xml_node add(pugi::xml_node parent, const char* element, Attributes attributes);

void say(pugi::xml_node node, std::string_view text);  // on one line

}  // namespace touchstone::svg
