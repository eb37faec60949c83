#include "harness/model/version_range.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <compare>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "harness/model/ascii.h"
#include "harness/model/said.h"

namespace touchstone {
namespace {

struct Part {
  // 0: a is_letter run such as "rc" or "T" (a pre-release), 1: the end of the text, 2: a number, or
  // the B of a build, which is of the release before it (2.0.T3.B010)
  int stage;
  std::string word;
  unsigned long long number;
  auto operator<=>(const Part&) const =
      default;  // NOLINT(modernize-use-nullptr): as in run_record.h
};

std::vector<Part> parts_of(std::string_view text) {
  std::vector<Part> parts;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    if (is_digit(text[i])) {
      while (end < text.size() && is_digit(text[end])) ++end;
      unsigned long long n = ~0ULL;  // a number too long to hold sorts last
      std::from_chars(text.data() + i, text.data() + end, n);
      parts.push_back({2, "", n});
    } else if (is_letter(text[i])) {
      while (end < text.size() && is_letter(text[end])) ++end;
      std::string word(text.substr(i, end - i));
      std::transform(word.begin(), word.end(), word.begin(),
                     [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
      parts.push_back({word == "b" ? 2 : 0, word, 0});
    } else {
      end = i + 1;  // a separator
    }
    i = end;
  }
  return parts;
}

constexpr std::array<std::string_view, 4> kOperators{">=", "<=", ">", "<"};

std::pair<std::string_view, std::string_view> split_operator(std::string_view bound) {
  while (bound.starts_with(' ')) bound.remove_prefix(1);
  while (bound.ends_with(' ')) bound.remove_suffix(1);
  for (std::string_view op : kOperators)
    if (bound.starts_with(op)) return {op, bound.substr(op.size())};
  return {"", bound};
}

template <class F>
bool each_bound(std::string_view wanted, F f) {
  for (;;) {
    auto comma = wanted.find(',');
    if (!f(wanted.substr(0, comma))) return false;
    if (comma == std::string_view::npos) return true;
    wanted.remove_prefix(comma + 1);
  }
}

}  // namespace

int compare_versions(std::string_view a, std::string_view b) {
  std::vector<Part> left = parts_of(a), right = parts_of(b);
  const Part end{1, "", 0};
  left.push_back(end);
  right.push_back(end);
  auto order = left <=> right;
  return std::is_lt(order) ? -1 : std::is_gt(order) ? 1 : 0;
}

bool version_fits(std::string_view version, std::string_view wanted) {
  return each_bound(wanted, [&](std::string_view bound) {
    auto [op, value] = split_operator(bound);
    int order = compare_versions(version, value);
    if (op == ">=") return order >= 0;
    if (op == "<=") return order <= 0;
    if (op == ">") return order > 0;
    if (op == "<") return order < 0;
    return version == value;
  });
}

Text version_range_error(std::string_view wanted) {
  Text error;
  each_bound(wanted, [&](std::string_view bound) {
    auto [op, value] = split_operator(bound);
    bool fits = !value.empty() && std::all_of(value.begin(), value.end(), [](char c) {
      return is_digit(c) || is_letter(c) || c == '.' || c == '-' || c == '_' || c == '+';
    });
    if (!fits && error.empty())
      error = said(
          "'{}' 不是版本,也不是如 24.1.rc3、>=24.1.rc3 或 >=24.1.rc3,<26 的界限",
          "'{}' is not a version or a bound such as 24.1.rc3, >=24.1.rc3 or >=24.1.rc3,<26", bound);
    return fits;
  });
  return error;
}

}  // namespace touchstone
