#include "harness/model/bounded.h"

#include <algorithm>

namespace touchstone {
namespace {

// Where the last whole character within `most` bytes ends. What is no UTF-8 has none.
std::size_t end_within(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text.size();
  std::size_t end = most;
  const auto continues = [&](std::size_t at) {
    return (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80;
  };
  while (end > 0 && most - end < 4 && continues(end)) --end;
  return continues(end) ? most : end;
}

}  // namespace

std::string first_line(std::string_view text, std::size_t most) {
  text.remove_prefix(std::min(text.find_first_not_of(" \r\n\t"), text.size()));
  text = text.substr(0, text.find_first_of("\r\n"));
  return std::string(text.substr(0, end_within(text, most)));
}

std::string bounded(std::string text, std::size_t most) {
  if (text.size() <= most) return text;
  text.resize(end_within(text, most));
  return text + " [cut]";
}

Text bounded(Text text, std::size_t most) {
  return {bounded(std::move(text.zh), most), bounded(std::move(text.en), most)};
}

}  // namespace touchstone
