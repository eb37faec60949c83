#include "reports/mesh_cell.h"

#include <algorithm>

#include <fmt/format.h>

#include "reports/svg.h"

namespace touchstone::svg {
namespace {

// Colours that differ in lightness, too: they survive print and any colour blindness.
constexpr const char* fill_of(Look look) {
  switch (look) {
    case Look::kNotAsked:
      return "#ffffff";
    case Look::kWhole:
      return "#bcdcec";
    case Look::kPartial:
      return "#e69f00";
    case Look::kLost:
      return "#8c2d04";
    case Look::kNoAnswer:
      return "#fff7bc";
    case Look::kLeftOut:
      return "#c9ced4";
  }
  return "#ffffff";
}

void line(pugi::xml_node parent, double size, const std::string& path, const char* colour) {
  add(parent, "path",
      {{"d", path},
       {"stroke", colour},
       {"stroke-width", number(std::max(0.8, size / 7))},
       {"fill", "none"}});
}

}  // namespace

void mark(pugi::xml_node parent, double x, double y, double size, std::size_t width,
          const Cell& of) {
  pugi::xml_node group = of.title.empty() ? parent : parent.append_child("g");
  if (!of.title.empty()) say(group.append_child("title"), of.title);
  const double inner = size - 0.6;
  add(group, "rect",
      {{"x", number(x)},
       {"y", number(y)},
       {"width", number(size * static_cast<double>(width) - 0.6)},
       {"height", number(inner)},
       {"fill", fill_of(of.look)}});
  const double a = 0.2 * size, b = 0.75 * size;
  const auto stroke = [&](double x1, double y1, double x2, double y2) {
    return fmt::format("M{} {}L{} {}", number(x + x1), number(y + y1), number(x + x2),
                       number(y + y2));
  };
  if (of.look == Look::kPartial) line(group, size, stroke(a, b, b, a), kInk);
  if (of.look == Look::kLost) line(group, size, stroke(a, b, b, a) + stroke(a, a, b, b), "#ffffff");
  if (of.look == Look::kLeftOut) line(group, size, stroke(a, inner / 2, b, inner / 2), kInk);
  if (of.look == Look::kNoAnswer)
    add(group, "circle",
        {{"cx", number(x + inner / 2)},
         {"cy", number(y + inner / 2)},
         {"r", number(size / 5)},
         {"fill", kInk}});
}

}  // namespace touchstone::svg
