#include "harness/model/base64.h"

namespace touchstone {
namespace {

constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string to_base64(std::string_view bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    unsigned group = 0;
    for (std::size_t i = at; i < at + 3; ++i)
      group = (group << 8U) | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U);
    const std::size_t digits = bytes.size() - at == 1 ? 2 : bytes.size() - at == 2 ? 3 : 4;
    for (std::size_t i = 0; i < 4; ++i)
      text += i < digits ? kDigits[(group >> (18 - 6 * i)) & 63U] : '=';
  }
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  std::string bytes;
  unsigned group = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t digit = at < text.size() - padding ? kDigits.find(text[at]) : 0;
    if (digit == std::string_view::npos) return std::nullopt;
    group = (group << 6U) | static_cast<unsigned>(digit);
    if (at % 4 != 3) continue;
    for (unsigned shift : {16U, 8U, 0U}) bytes += static_cast<char>((group >> shift) & 255U);
    group = 0;
  }
  bytes.resize(bytes.size() - padding);
  return bytes;
}

}  // namespace touchstone
