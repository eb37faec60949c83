#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace touchstone {

// A number's bounds, both included; absent: unbounded. "8" (exactly), ">=4", "<=4608", "2..60".
struct NumberRange {
  std::optional<double> min, max;
  bool operator==(const NumberRange&) const = default;

  bool holds(double value) const { return (!min || value >= *min) && (!max || value <= *max); }
  bool bounded() const { return min || max; }
  std::string str() const;  // in the form above; "any" when unbounded
  static std::optional<NumberRange> parse(std::string_view text);
};

}  // namespace touchstone
