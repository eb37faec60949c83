#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace touchstone {

// The same sentence in the two languages of our users. Values, commands and names are not
// translated.
struct Text {
  std::string zh;
  std::string en;

  bool empty() const { return zh.empty() && en.empty(); }
  bool operator==(const Text&) const = default;
};

// A Text that often is a value, the same in both languages: "640", "UP".
struct Phrase : Text {
  Phrase() = default;
  // NOLINTBEGIN(google-explicit-constructor): it is written where a text is wanted
  Phrase(const char* same) : Text{same, same} {}
  Phrase(const std::string& same) : Text{same, same} {}
  Phrase(std::string_view same) : Text{std::string(same), std::string(same)} {}
  Phrase(Text text) : Text(std::move(text)) {}
  // NOLINTEND(google-explicit-constructor)
  Phrase(std::string zh, std::string en) : Text{std::move(zh), std::move(en)} {}
  bool operator==(const Phrase&) const = default;
};

enum class Language { kEn, kZh };
// The sentence in that language; in the other one where it was not written.
const std::string& in(const Text& text, Language language);

}  // namespace touchstone
