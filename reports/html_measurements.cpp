#include <algorithm>

#include <fmt/format.h>

#include "reports/html_page.h"

namespace touchstone::html {
namespace {

constexpr double kBarWide = 240;  // units of the drawing

double value_of(const Measurement& one, const char* key) {
  const auto at = one.values.find(key);
  return at == one.values.end() ? 0 : at->second;
}

// "p50 0.21 · p90 0.30 · … s"
std::string values_of(const Measurement& one) {
  std::string text;
  for (const auto& [key, value] : one.values)
    text += fmt::format("{}{} {:.4g}", text.empty() ? "" : " · ", key, value);
  return one.unit.empty() ? text : text + " " + one.unit;
}

// From the smallest value to the largest, with a mark at the median and at the 90th percentile;
// drawn with plain attributes: the page may not carry style.
void add_span(pugi::xml_node cell, const Measurement& one) {
  const double most = value_of(one, "max");
  if (!(most > 0)) return;
  pugi::xml_node drawing = add(cell, "svg", "bar");
  set(drawing, "viewBox", fmt::format("0 0 {} 10", kBarWide));
  set(drawing, "preserveAspectRatio", "none");
  set(drawing, "aria-hidden", "true");
  const auto rect = [&](double from, double to, const char* y, const char* height,
                        const char* css) {
    pugi::xml_node part = add(drawing, "rect", css);
    set(part, "x", fmt::format("{:.2f}", from));
    set(part, "y", y);
    set(part, "width", fmt::format("{:.2f}", std::max(to - from, 1.0)));
    set(part, "height", height);
  };
  const auto place = [&](const char* key) { return kBarWide * value_of(one, key) / most; };
  rect(place("min"), kBarWide, "4", "2", "not_selected");
  rect(place("p50") - 1, place("p50") + 1, "1", "8", "pass");
  rect(place("p90") - 1, place("p90") + 1, "1", "8", "waived");
}

}  // namespace

void add_measurements(pugi::xml_node body, const Page& page) {
  if (page.record.measurements.empty()) return;
  pugi::xml_node section = add_section(body, "measurements", page.say(Word::kMeasurements));
  pugi::xml_node table = add(section, "table", "chapters");
  for (const Measurement& one : page.record.measurements) {
    pugi::xml_node row = add(table, "tr");
    add(row, "th", "", one.group + " · " + one.name);
    add_span(add(row, "td", "drawn"), one);
    add(row, "td", "", values_of(one));
  }
}

}  // namespace touchstone::html
