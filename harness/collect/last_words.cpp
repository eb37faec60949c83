#include "harness/collect/last_words.h"

namespace touchstone {

std::string last_words(std::string text) {
  constexpr std::size_t kLines = 3, kMost = 400;
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n') c = ' ';
  std::string words;
  for (std::size_t line = 0, end = text.size(); line < kLines && end > 0;
       end = text.rfind('\n', end - 1)) {
    const std::size_t before = text.rfind('\n', end - 1);
    const std::size_t from = before == std::string::npos ? 0 : before + 1;
    std::string one = text.substr(from, end - from);
    one.erase(one.find_last_not_of(' ') + 1);
    if (!one.empty()) words.insert(0, line++ == 0 ? one : one + " / ");
    if (before == std::string::npos) break;
  }
  if (words.size() > kMost) words.erase(0, words.size() - kMost);
  return words;
}

}  // namespace touchstone
