#include "harness/collect/bytes_json.h"

#include <boost/beast/core/detail/base64.hpp>
#include <nlohmann/json.hpp>

namespace touchstone {

namespace base64 = boost::beast::detail::base64;

bool is_utf8(std::string_view bytes) {
  bool plain = true;
  for (char c : bytes) plain = plain && static_cast<unsigned char>(c) < 0x80;
  if (plain) return true;
  try {
    (void)nlohmann::json(std::string(bytes)).dump();
    return true;
  } catch (const nlohmann::json::exception&) {
    return false;
  }
}

std::string base64_of(std::string_view bytes) {
  std::string text(base64::encoded_size(bytes.size()), '\0');
  text.resize(base64::encode(text.data(), bytes.data(), bytes.size()));
  return text;
}

bool from_base64(std::string_view text, std::string& bytes) {
  bytes.resize(base64::decoded_size(text.size()));
  const auto [written, read] = base64::decode(bytes.data(), text.data(), text.size());
  bytes.resize(written);
  // The library stops at the first character that does not belong; only the padding may be left.
  return text.find_first_not_of('=', read) == std::string_view::npos && text.size() % 4 == 0;
}

}  // namespace touchstone
