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

}  // namespace touchstone
