#include <algorithm>

#include <fmt/format.h>

#include "reports/facts.h"
#include "reports/html_page.h"

namespace touchstone::html {
namespace {

constexpr double kBarWide = 240;  // units of the drawing

double value_of(const Measurement& one, const char* key) {
  const auto at = one.values.find(key);
  return at == one.values.end() ? 0 : at->second;
}

// "p50 0.21 · p90 0.30 · … s"
std::string values_of(const Measurement& one, Language language) {
  std::string text;
  for (const auto& [key, value] : one.values)
    text += fmt::format("{}{} {:.4g}", text.empty() ? "" : " · ", word_for_measured(key, language),
                        value);
  return one.unit.empty() ? text : text + " " + one.unit;
}

// A bar on the scale that all groups share; drawn with plain attributes: the page may not carry
// style.
class Bar {
 public:
  Bar(pugi::xml_node cell, double most) : most_(most), drawing_(add(cell, "svg", "bar")) {
    set(drawing_, "viewBox", fmt::format("0 0 {} 10", kBarWide));
    set(drawing_, "preserveAspectRatio", "none");
    set(drawing_, "aria-hidden", "true");
  }
  void line(double from, double to, const char* css) {
    rect(place(from), place(to), "3", "4", css);
  }
  void mark(double at, const char* css) { rect(place(at) - 1, place(at) + 1, "1", "8", css); }

 private:
  double place(double value) const { return kBarWide * std::clamp(value / most_, 0.0, 1.0); }
  void rect(double from, double to, const char* y, const char* height, const char* css) {
    pugi::xml_node part = add(drawing_, "rect", css);
    set(part, "x", fmt::format("{:.2f}", std::max(from, 0.0)));
    set(part, "y", y);
    set(part, "width", fmt::format("{:.2f}", std::max(to - from, 1.0)));
    set(part, "height", height);
  }

  double most_;
  pugi::xml_node drawing_;
};

double most_of(const RunRecord& record, const std::string& name, const char* key) {
  double most = 0;
  for (const Measurement& one : record.measurements)
    if (one.name == name) most = std::max(most, value_of(one, key));
  return most;
}

// Times from the smallest to the largest, with marks; of requests how many were answered.
void draw(pugi::xml_node cell, const Measurement& one, const RunRecord& record) {
  if (const double most = most_of(record, one.name, "max"); most > 0) {
    Bar bar(cell, most);
    bar.line(value_of(one, "min"), value_of(one, "max"), "na");
    bar.mark(value_of(one, "p50"), "pass");
    bar.mark(value_of(one, "p90"), "error");
  } else if (const double asked = most_of(record, one.name, "asked"); asked > 0) {
    Bar bar(cell, asked);
    bar.line(0, value_of(one, "asked"), "fail");
    bar.line(0, value_of(one, "answered"), "pass");
  } else if (const double total = most_of(record, one.name, "total"); total > 0) {
    Bar(cell, total).line(0, value_of(one, "total"), "pass");
  }
}

}  // namespace

void add_measurements(pugi::xml_node body, const Page& page) {
  if (page.record.measurements.empty()) return;
  pugi::xml_node section = add_section(body, "measurements", page.say(Word::kMeasurements));
  pugi::xml_node table = add(section, "table", "chapters");
  for (const Measurement& one : page.record.measurements) {
    pugi::xml_node row = add(table, "tr");
    add(row, "th", "", one.group + " · " + word_for_measured(one.name, page.language));
    draw(add(row, "td", "drawn"), one, page.record);
    add(row, "td", "", values_of(one, page.language));
  }
  add(section, "p", "note", page.say(Word::kMeasurementsNote));
}

}  // namespace touchstone::html
