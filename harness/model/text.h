#pragma once

#include <string>

namespace touchstone {

// The same sentence in the two languages of our users. Values, commands and names are not
// translated.
struct Text {
  std::string zh;
  std::string en;

  bool empty() const { return zh.empty() && en.empty(); }
  bool operator==(const Text&) const = default;
};

enum class Language { kEn, kZh };
// The sentence in that language; in the other one where it was not written.
const std::string& in(const Text& text, Language language);

}  // namespace touchstone
