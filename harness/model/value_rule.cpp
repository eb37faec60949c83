#include "harness/model/value_rule.h"

#include <charconv>
#include <cmath>
#include <optional>

#include "harness/model/number_range.h"
#include "harness/model/said.h"

namespace touchstone {
namespace {

// The whole text as a decimal number.
std::optional<double> number_in(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

// Two dots between digits, or a sign in front: nobody gives a variable such a value.
bool means_range(std::string_view wanted) {
  const std::size_t dots = wanted.find("..");
  const bool between =
      dots != wanted.npos && dots > 0 && wanted.find_first_not_of("-+.0123456789eE") == wanted.npos;
  return between || wanted.starts_with("<=") || wanted.starts_with(">=");
}

}  // namespace

bool value_fits(std::string_view value, std::string_view wanted) {
  if (wanted == "any") return !value.empty();
  const auto number = number_in(value);
  if (means_range(wanted)) {
    const auto range = NumberRange::parse(wanted);
    return range && number && range->holds(*number);
  }
  const auto exact = number_in(wanted);
  return value == wanted || (number && exact && *number == *exact);
}

bool wants_number(std::string_view wanted) {
  return means_range(wanted) || number_in(wanted).has_value();
}

Text value_rule_error(std::string_view wanted) {
  if (!means_range(wanted) || NumberRange::parse(wanted)) return {};
  return said("\"{}\" 不是范围;请写 2..60、\">=4\"、<=4608 或 any",
              "\"{}\" is no range; write 2..60, \">=4\", <=4608 or any", wanted);
}

}  // namespace touchstone
