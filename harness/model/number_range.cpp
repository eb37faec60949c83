#include "harness/model/number_range.h"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace touchstone {
namespace {

std::optional<double> bound_of(std::string_view text) {
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

}  // namespace

std::string NumberRange::str() const {
  if (!bounded()) return "any";
  if (min && max) return *min == *max ? fmt::format("{}", *min) : fmt::format("{}..{}", *min, *max);
  return min ? fmt::format(">={}", *min) : fmt::format("<={}", *max);
}

std::optional<NumberRange> NumberRange::parse(std::string_view text) {
  if (text == "any") return NumberRange{};
  if (text.starts_with(">=")) {
    auto n = bound_of(text.substr(2));
    return n ? std::optional(NumberRange{.min = n}) : std::nullopt;
  }
  if (text.starts_with("<=")) {
    auto n = bound_of(text.substr(2));
    return n ? std::optional(NumberRange{.max = n}) : std::nullopt;
  }
  if (auto dots = text.find(".."); dots != std::string_view::npos) {
    auto low = bound_of(text.substr(0, dots)), high = bound_of(text.substr(dots + 2));
    if (!low || !high || *low > *high) return std::nullopt;
    return NumberRange{low, high};
  }
  auto n = bound_of(text);
  return n ? std::optional(NumberRange{n, n}) : std::nullopt;
}

}  // namespace touchstone
