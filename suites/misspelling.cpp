#include "suites/misspelling.h"

#include <algorithm>
#include <cctype>

namespace touchstone {
namespace {

std::string letters_of(const std::string& name) {
  std::string letters;
  for (const char c : name)
    if (c != '_') letters += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return letters;
}

// One letter inserted, removed, replaced, or two neighbours exchanged.
bool one_slip(const std::string& a, const std::string& b) {
  if (a.size() > b.size()) return one_slip(b, a);
  if (b.size() - a.size() > 1) return false;
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin());
  if (x == a.end()) return true;
  if (a.size() < b.size()) return std::equal(x, a.end(), y + 1, b.end());
  if (std::equal(x + 1, a.end(), y + 1, b.end())) return true;
  return x + 1 != a.end() && *x == *(y + 1) && *(x + 1) == *y &&
         std::equal(x + 2, a.end(), y + 2, b.end());
}

constexpr std::size_t kShortest = 8;  // shorter names are near to too many others

}  // namespace

std::string meant_by(const std::string& name, const std::set<std::string>& known) {
  if (known.contains(name) || name.size() < kShortest) return "";
  for (const std::string& one : known)
    if (letters_of(one) == letters_of(name)) return one;
  for (const std::string& one : known)
    if (one.size() >= kShortest && one_slip(letters_of(one), letters_of(name))) return one;
  return "";
}

}  // namespace touchstone
