#include "reports/paper.h"

#include <algorithm>
#include <vector>

#include "harness/model/clean.h"
#include "harness/model/utf8.h"

namespace touchstone {
namespace {

constexpr std::size_t kNarrowest = 24;  // columns that a text gets, however deep it is indented

std::string_view code_of(Ink ink) {
  switch (ink) {
    case Ink::kPlain:
      return "";
    case Ink::kBold:
      return "\x1b[1m";
    case Ink::kDim:
      return "\x1b[2m";
    case Ink::kGood:
      return "\x1b[1;32m";
    case Ink::kBad:
      return "\x1b[1;31m";
    case Ink::kDoubt:
      return "\x1b[1;33m";
  }
  return "";
}

// Where to break `text` so that at most `columns` stand before: at the last space, else between
// characters (Chinese has no spaces, and an address list may have none).
std::size_t break_of(std::string_view text, std::size_t columns) {
  std::size_t at = 0, used = 0, space = 0, end = 0;
  while (at < text.size()) {
    const std::size_t from = at;
    next_character(text, at);
    used += columns_of(text.substr(from, at - from));
    if (used > columns) break;
    end = at;
    if (text[from] == ' ') space = from;
  }
  if (end == text.size()) return end;
  if (text[end] == ' ') return end;
  return space > 0 ? space : std::max<std::size_t>(end, 1);
}

std::vector<std::string_view> wrap(std::string_view text, std::size_t columns) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = break_of(text, columns);
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
    while (text.starts_with(' ')) text.remove_prefix(1);
  }
  if (lines.empty()) lines.emplace_back();
  return lines;
}

}  // namespace

void Paper::line(std::string_view head, std::string_view text, Ink ink) {
  const std::size_t indent = columns_of(head);
  const std::size_t columns = width_ == 0
                                  ? static_cast<std::size_t>(-1)
                                  : std::max(width_ > indent ? width_ - indent : 0, kNarrowest);
  bool first = true;
  for (std::string_view part : wrap(text, columns)) {
    text_ += first ? std::string(head) : std::string(indent, ' ');
    coloured(part, ink);
    text_ += '\n';
    first = false;
  }
}

void Paper::coloured(std::string_view text, Ink ink) {
  const std::string_view code = colour_ ? code_of(ink) : "";
  text_ += code;
  text_ += text;
  if (!code.empty()) text_ += "\x1b[0m";
}

}  // namespace touchstone
