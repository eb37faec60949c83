#include "harness/config/yaml_writer.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "harness/parse/lines.h"

namespace touchstone {
namespace {

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

bool plain(std::string_view text) {
  constexpr std::array<std::string_view, 10> kWords{"null", "true", "false", "yes", "no",
                                                    "on",   "off",  "y",     "n",   "~"};
  const auto same = [&](std::string_view word) {
    return std::equal(text.begin(), text.end(), word.begin(), word.end(),
                      [](char a, char b) { return (a | 0x20) == b; });
  };
  if (text.empty() || std::any_of(kWords.begin(), kWords.end(), same)) return false;
  const auto fits = [](unsigned char c) {
    return std::isalnum(c) || c == '_' || c == '.' || c == '/' || c == '-' || c == '+';
  };
  return text.front() != '-' && std::all_of(text.begin(), text.end(), fits);
}

}  // namespace

std::string yaml_text(std::string_view text) {
  if (plain(text)) return std::string(text);
  std::string out = "\"";
  for (const char c : valid_utf8(text)) {
    if (c == '"' || c == '\\') out += '\\';
    if (is_control(c))
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    else
      out += c;
  }
  return out + '"';
}

std::string comment_text(std::string_view text) {
  std::string out = valid_utf8(text);
  std::replace_if(out.begin(), out.end(), is_control, ' ');
  return out;
}

}  // namespace touchstone
