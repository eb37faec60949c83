#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace touchstone {

// What is secret at one site, beyond what secrets look like everywhere. The values are never
// printed and never kept.
class Secrets {
 public:
  // Bytes. A shorter value, or a form of one, stands in many a text by chance; who adds one
  // decides.
  static constexpr std::size_t kShortest = 6;

  // Of a variable or a key: what stands under it is a secret. Case, `_`, `-` and `.` do not count.
  void add_name(std::string_view name);
  // A secret itself, wherever it stands: as it is, in base64, percent-encoded, escaped as in JSON.
  void add_value(const std::string& value);

  bool names(std::string_view name) const;
  // `text` with every value as [redacted].
  std::string without_values(std::string text) const;

  bool operator==(const Secrets&) const = default;

 private:
  std::vector<std::string> names_;
  std::vector<std::string> forms_;  // of the values, the longest first
};

// Whether a variable, key or option of that name holds a secret at any site: DB_PASSWORD,
// client-secret, tlsPkPwd, x-api-key; not PWD, nor max_new_tokens and the like of a language model.
bool names_secret(std::string_view name);

inline constexpr std::string_view kRedacted = "[redacted]";

}  // namespace touchstone
