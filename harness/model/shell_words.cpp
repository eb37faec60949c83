#include "harness/model/shell_words.h"

namespace touchstone {

std::string shell_quoted(std::string_view word) {
  std::string text = "'";
  for (char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

std::string typed(std::string_view word) {
  const bool plain =
      !word.empty() && word.find_first_not_of(
                           "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                           "_-./:=,@%+") == std::string_view::npos;
  return plain ? std::string(word) : shell_quoted(word);
}

std::string typed(const std::vector<std::string>& argv) {
  std::string text;
  for (const std::string& word : argv) text += (text.empty() ? "" : " ") + typed(word);
  return text;
}

}  // namespace touchstone
