#include "harness/config/nearest.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "harness/parse/lines.h"

namespace touchstone {
namespace {

constexpr std::size_t kLongest = 64;

char folded(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c + 32);
  return c == '-' ? '_' : c;
}

// Letters to change, add or drop; upper and lower case, '-' and '_' count as the same.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t corner = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t same = corner + (folded(a[i]) == folded(b[j]) ? 0 : 1);
      corner = row[j + 1];
      row[j + 1] = std::min({same, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> known) {
  if (word.size() > kLongest) return std::nullopt;
  std::optional<std::string_view> best;
  std::size_t least = std::max<std::size_t>(word.size() / 3, 1) + 1;
  for (const std::string_view candidate : known)
    if (const std::size_t d = distance(word, candidate); d < least) {
      least = d;
      best = candidate;
    }
  return best;
}

std::string quoted_if_odd(std::string_view key) {
  const bool plain = !key.empty() && key.size() <= kLongest &&
                     std::all_of(key.begin(), key.end(), [](unsigned char c) {
                       return c >= 0x80 || std::isalnum(c) || c == '_' || c == '-' || c == '.';
                     });
  return plain ? std::string(key) : touchstone::quoted(key);
}

}  // namespace touchstone
