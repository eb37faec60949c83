#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "harness/model/clean.h"
#include "reports/clock.h"
#include "reports/past.h"
#include "reports/summary.h"
#include "reports/svg.h"
#include "reports/xml_string.h"

namespace touchstone {
namespace {

using svg::add;
using svg::kInk;
using svg::number;

constexpr double kWidth = 960, kHigh = 160, kLeft = 46, kTop = 22, kFoot = 24;

// From the bottom up; colours that differ in lightness as well.
constexpr std::array kLayers{
    std::pair{Verdict::kFail, "#a3291f"}, std::pair{Verdict::kError, "#e0a526"},
    std::pair{Verdict::kBlocked, "#a49fc6"}, std::pair{Verdict::kWaived, "#d9cdb0"}};

std::size_t count_of(const Night& night, Verdict verdict) {
  const auto at = night.counts.find(verdict);
  return at == night.counts.end() ? 0 : at->second;
}

std::size_t height_of(const Night& night) {
  std::size_t all = 0;
  for (const auto& [verdict, colour] : kLayers) all += count_of(night, verdict);
  return all;
}

void text(pugi::xml_node parent, double x, double y, const char* anchor, const std::string& what) {
  svg::say(add(parent, "text",
               {{"x", number(x)}, {"y", number(y)}, {"text-anchor", anchor}, {"fill", kInk}}),
           what);
}

class TrendPicture {
 public:
  TrendPicture(const Past& past, Language language) : past_(past), language_(language) {
    for (const Night& night : past.nights) most_ = std::max(most_, height_of(night));
  }

  void draw(pugi::xml_node svg) const {
    const double step = (kWidth - kLeft - 10) / static_cast<double>(past_.nights.size());
    for (std::size_t i = 0; i < past_.nights.size(); ++i)
      bar(svg, past_.nights[i], kLeft + step * static_cast<double>(i), std::min(step * 0.8, 40.0));
    add(svg, "rect",
        {{"x", number(kLeft)},
         {"y", number(kTop + kHigh)},
         {"width", number(kWidth - kLeft - 10)},
         {"height", "1"},
         {"fill", kInk}});
    text(svg, kLeft - 6, kTop + 10, "end", std::to_string(most_));
    text(svg, kLeft - 6, kTop + kHigh, "end", "0");
    text(svg, kLeft, kTop + kHigh + 18, "start", utc(past_.nights.front().started));
    text(svg, kWidth - 10, kTop + kHigh + 18, "end", utc(past_.nights.back().started));
    legend(svg);
  }

 private:
  void bar(pugi::xml_node svg, const Night& night, double x, double width) const {
    pugi::xml_node group = svg.append_child("g");
    group.append_child("title").text().set(
        (utc(night.started) + ": " + counts_line(night.counts, 0, language_)).c_str());
    double y = kTop + kHigh;
    for (const auto& [verdict, colour] : kLayers) {
      const double height = kHigh * static_cast<double>(count_of(night, verdict)) /
                            static_cast<double>(std::max<std::size_t>(most_, 1));
      if (height <= 0) continue;
      y -= height;
      add(group, "rect",
          {{"x", number(x)},
           {"y", number(y)},
           {"width", number(width)},
           {"height", number(height)},
           {"fill", colour}});
    }
    // A good night is a mark, not a gap.
    if (height_of(night) == 0)
      add(group, "rect",
          {{"x", number(x)},
           {"y", number(kTop + kHigh - 3)},
           {"width", number(width)},
           {"height", "3"},
           {"fill", "#6fb58c"}});
  }

  void legend(pugi::xml_node svg) const {
    double x = kLeft;
    for (const auto& [verdict, colour] : kLayers) {
      add(svg, "rect",
          {{"x", number(x)}, {"y", "4"}, {"width", "10"}, {"height", "10"}, {"fill", colour}});
      const std::string name(word_for(verdict, language_));
      text(svg, x + 15, 13, "start", name);
      x += 15 + 9.0 * static_cast<double>(columns_of(name)) + 20;
    }
  }

  const Past& past_;
  Language language_;
  std::size_t most_ = 0;
};

}  // namespace

std::string trend_svg(const Past& past, bool simulated, Language language) {
  pugi::xml_document document;
  const double high = kTop + kHigh + kFoot;
  pugi::xml_node svg = add(document, "svg",
                           {{"xmlns", "http://www.w3.org/2000/svg"},
                            {"width", number(kWidth)},
                            {"height", number(high)},
                            {"viewBox", fmt::format("0 0 {} {}", number(kWidth), number(high))},
                            {"font-family", "sans-serif"},
                            {"font-size", "12"}});
  svg.append_child("title").text().set(
      (std::string(word(Word::kTrendNote, language)) + simulated_mark(simulated, language))
          .c_str());
  add(svg, "rect", {{"width", number(kWidth)}, {"height", number(high)}, {"fill", "#ffffff"}});
  if (simulated) text(svg, kWidth - 10, 14, "end", harmless_line(simulated_mark(true, language)));
  if (!past.nights.empty()) TrendPicture(past, language).draw(svg);
  return xml_string(document);
}

}  // namespace touchstone
