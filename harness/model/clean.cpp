#include "harness/model/clean.h"
#include "harness/model/utf8.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace touchstone {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

struct Range {
  char32_t first, last;
};

// Characters that a reader cannot see but that change what is seen, and those that XML 1.0 forbids.
constexpr std::array<Range, 9> kEscaped{{{0x00, 0x1f},
                                         {0x7f, 0x9f},  // DEL, and C1: U+009B starts an escape too
                                         {0x061c, 0x061c},  // Arabic letter mark
                                         {0x200b, 0x200f},
                                         {0x2028, 0x202e},
                                         {0x2060, 0x206f},
                                         {0xfeff, 0xfeff},
                                         {0xfff9, 0xfffb},
                                         {0xfffe, 0xffff}}};

// Wide and full-width blocks of Unicode's EastAsianWidth.txt; the rare rest is not worth a table.
constexpr std::array<Range, 12> kWideCharacters{{{0x1100, 0x115f},
                                                 {0x2e80, 0x303e},
                                                 {0x3041, 0x33ff},
                                                 {0x3400, 0x4dbf},
                                                 {0x4e00, 0x9fff},
                                                 {0xa000, 0xa4cf},
                                                 {0xac00, 0xd7a3},
                                                 {0xf900, 0xfaff},
                                                 {0xfe30, 0xfe6f},
                                                 {0xff00, 0xff60},
                                                 {0xffe0, 0xffe6},
                                                 {0x20000, 0x3fffd}}};

constexpr std::array<Range, 2> kCombining{{{0x0300, 0x036f}, {0xfe00, 0xfe0f}}};

template <std::size_t N>
bool in(const std::array<Range, N>& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [c](const Range& range) { return c >= range.first && c <= range.last; });
}

bool plain(char c) {
  return c >= 0x20 && c < 0x7f;
}

std::string escape(char32_t c) {
  if (c == '\n') return "\\n";
  if (c == '\t') return "\\t";
  if (c == '\r') return "\\r";
  const auto code = static_cast<unsigned>(c);
  return code < 0x100 ? fmt::format("\\x{:02x}", code) : fmt::format("\\u{:04x}", code);
}

std::string clean(std::string_view text, bool keep_lines) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (plain(text[at])) {
      result += text[at++];
      continue;
    }
    const std::size_t from = at;
    const auto c = next_character(text, at);
    if (!c)
      result += kReplacement;
    else if (keep_lines && (*c == '\n' || *c == '\t'))
      result += text[from];
    else if (keep_lines && *c == '\r' && at < text.size() && text[at] == '\n')
      continue;
    else if (in(kEscaped, *c))
      result += escape(*c);
    else
      result += text.substr(from, at - from);
  }
  return result;
}

}  // namespace

std::string harmless(std::string_view text) {
  return clean(text, true);
}
std::string harmless_line(std::string_view text) {
  return clean(text, false);
}

std::string_view cut_to(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  std::size_t end =
      bytes;  // back to the beginning of a character, but not far: it may be no UTF-8 at all
  while (end > 0 && bytes - end < 3 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80)
    --end;
  return text.substr(0, end);
}

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at).value_or(U'\xfffd');
    columns += in(kWideCharacters, c) ? 2 : in(kCombining, c) ? 0 : 1;
  }
  return columns;
}

std::string padded(std::string_view text, std::size_t columns) {
  const std::size_t width = columns_of(text);
  return std::string(text) + std::string(columns > width ? columns - width : 0, ' ');
}

}  // namespace touchstone
