#pragma once

#include <cstddef>
#include <string>

#include <pugixml.hpp>

namespace touchstone::svg {

// One answer in the picture of a mesh.
enum class Look { kNotAsked, kWhole, kPartial, kLost, kNoAnswer, kLeftOut };
struct Cell {
  Look look = Look::kNotAsked;
  std::string title;
};

// Draws `width` cells that look alike from (x, y) on, each by a colour and a sign: nothing, a
// stroke, a cross, a dot, a bar.
void mark(pugi::xml_node parent, double x, double y, double size, std::size_t width,
          const Cell& of);

}  // namespace touchstone::svg
