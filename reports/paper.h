#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace touchstone {

enum class Ink { kPlain, kBold, kDim, kGood, kBad, kDoubt };

// Lines of text for a terminal: wrapped with a hanging indent, coloured when asked for. Remote text
// goes through harmless_line before it comes here; the only escapes on the paper are its own.
class Paper {
 public:
  Paper(bool colour, int width)
      : colour_(colour), width_(width > 0 ? static_cast<std::size_t>(width) : 0) {}

  // `text` behind `head`; further lines begin below the text.
  void line(std::string_view head, std::string_view text, Ink ink = Ink::kPlain);
  void line(std::string_view text, Ink ink = Ink::kPlain) { line("", text, ink); }
  void gap() { text_ += '\n'; }

  std::string take() { return std::move(text_); }

 private:
  void coloured(std::string_view text, Ink ink);

  bool colour_;
  std::size_t width_;
  std::string text_;
};

}  // namespace touchstone
