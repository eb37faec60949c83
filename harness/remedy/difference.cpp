#include "harness/remedy/difference.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include <fmt/format.h>

#include "harness/model/lines_with_ends.h"

namespace touchstone {
namespace {

constexpr std::size_t kAround = 3;
constexpr std::size_t kWidth = 200;
// Cells of the table of common lines; beyond them the middle is shown as replaced whole.
constexpr std::size_t kCells = 16'000'000;

struct Edit {
  char sign;  // ' ', '-', '+'
  std::string_view line;
};

// The longest common subsequence of what is left between equal beginnings and ends.
std::vector<Edit> edits_of(const std::vector<std::string_view>& a,
                           const std::vector<std::string_view>& b) {
  std::size_t head = 0, tail = 0;
  while (head < a.size() && head < b.size() && a[head] == b[head]) ++head;
  while (tail < a.size() - head && tail < b.size() - head &&
         a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
    ++tail;
  const std::size_t m = a.size() - head - tail, n = b.size() - head - tail;
  std::vector<Edit> edits;
  for (std::size_t i = 0; i < head; ++i) edits.push_back({' ', a[i]});
  std::size_t i = 0, j = 0;
  if (m * n <= kCells && m > 0 && n > 0) {
    std::vector<std::uint32_t> common((m + 1) * (n + 1), 0);
    const auto at = [&](std::size_t x, std::size_t y) -> std::uint32_t& {
      return common[x * (n + 1) + y];
    };
    for (std::size_t x = m; x-- > 0;)
      for (std::size_t y = n; y-- > 0;)
        at(x, y) = a[head + x] == b[head + y] ? at(x + 1, y + 1) + 1
                                              : std::max(at(x + 1, y), at(x, y + 1));
    while (i < m && j < n) {
      if (a[head + i] == b[head + j]) {
        edits.push_back({' ', a[head + i]});
        ++i, ++j;
      } else if (at(i + 1, j) >= at(i, j + 1)) {
        edits.push_back({'-', a[head + i++]});
      } else {
        edits.push_back({'+', b[head + j++]});
      }
    }
  }
  for (; i < m; ++i) edits.push_back({'-', a[head + i]});
  for (; j < n; ++j) edits.push_back({'+', b[head + j]});
  for (std::size_t k = a.size() - tail; k < a.size(); ++k) edits.push_back({' ', a[k]});
  return edits;
}

std::string shown(const Edit& edit) {
  std::string_view line = edit.line;
  const bool ended = line.ends_with('\n');
  if (ended) line.remove_suffix(1);
  std::string text =
      edit.sign + std::string(line.substr(0, kWidth)) + (line.size() > kWidth ? "…" : "") + "\n";
  if (!ended) text += "\\ no line feed at the end\n";
  return text;
}

}  // namespace

std::string difference(std::string_view before, std::string_view after, std::string_view name) {
  if (before == after) return "";
  const std::vector<Edit> edits = edits_of(lines_with_ends(before), lines_with_ends(after));
  std::string text = fmt::format("--- {0}\n+++ {0}\n", name);
  std::size_t old_line = 1, new_line = 1;
  for (std::size_t i = 0; i < edits.size();) {
    std::size_t next = i;
    while (next < edits.size() && edits[next].sign == ' ') ++next;
    if (next == edits.size()) break;
    const std::size_t begin = std::max(i, next - std::min(next, kAround));
    old_line += begin - i, new_line += begin - i;
    // The hunk ends where more than twice the lines around a change are equal.
    std::size_t end = next, equal = 0;
    for (std::size_t k = next; k < edits.size() && equal <= 2 * kAround; ++k) {
      equal = edits[k].sign == ' ' ? equal + 1 : 0;
      if (equal == 0) end = k + 1;
    }
    end = std::min(edits.size(), end + kAround);
    std::string hunk;
    std::size_t removed = 0, added = 0;
    for (std::size_t k = begin; k < end; ++k) {
      hunk += shown(edits[k]);
      removed += edits[k].sign != '+';
      added += edits[k].sign != '-';
    }
    text += fmt::format("@@ -{},{} +{},{} @@\n{}", removed ? old_line : old_line - 1, removed,
                        added ? new_line : new_line - 1, added, hunk);
    old_line += removed, new_line += added;
    i = end;
  }
  return text;
}

}  // namespace touchstone
