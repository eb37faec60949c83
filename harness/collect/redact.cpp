#include "harness/collect/redact.h"

#include <array>
#include <cctype>
#include <string_view>

namespace touchstone {
namespace {

constexpr std::string_view kRedacted = "[redacted]";
// std::regex recurses per character and would overflow the stack on a long line, so this is done by hand.
constexpr std::array<std::string_view, 9> kSecretWords{"password", "passwd", "secret", "token",     "api_key",
                                                       "apikey",   "pkpwd",  "tlspk",  "access_key"};

std::string lower(std::string_view text) {
  std::string low(text);
  for (char& c : low) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return low;
}

bool key_char(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' || c == '.'; }

// http://user:password@host → http://user:[redacted]@host
void redact_urls(std::string& text) {
  for (std::size_t at = 0; (at = text.find("://", at)) != std::string::npos;) {
    at += 3;
    const std::size_t end = text.find_first_of(" \t\r\n\"'/<>", at);
    const std::size_t sign = text.substr(at, end == std::string::npos ? end : end - at).rfind('@');
    if (sign == std::string::npos) continue;
    const std::size_t colon = text.find(':', at);
    if (colon == std::string::npos || colon >= at + sign) continue;
    text.replace(colon + 1, at + sign - colon - 1, kRedacted);
  }
}

// A text and its lower-case copy, changed together: a long output may hold many secrets, and is searched only once.
struct Folded {
  std::string& text;
  std::string low;

  // Replaces the value after `from`: up to the closing quote, or to the end of the word. Returns where it ends.
  std::size_t redact_value(std::size_t from) {
    while (from < text.size() && (text[from] == ' ' || text[from] == '\t')) ++from;
    if (from >= text.size()) return from;
    const char quote = text[from] == '"' || text[from] == '\'' ? text[from] : '\0';
    if (quote) ++from;
    std::size_t end = quote ? text.find_first_of(std::string{quote, '\n'}, from) : text.find_first_of(" \t\r\n,;}\"'", from);
    if (end == std::string::npos) end = text.size();
    if (end == from) return end;
    text.replace(from, end - from, kRedacted);
    low.replace(from, end - from, kRedacted);
    return from + kRedacted.size();
  }
};

// password=…, "secret": "…", X_TOKEN: …
void redact_keys(Folded& folded) {
  const std::string& text = folded.text;
  for (std::string_view word : kSecretWords)
    for (std::size_t at = 0; (at = folded.low.find(word, at)) != std::string::npos;) {
      at += word.size();
      while (at < text.size() && key_char(text[at])) ++at;
      std::size_t sign = at;
      while (sign < text.size() && (text[sign] == '"' || text[sign] == '\'' || text[sign] == ' ')) ++sign;
      if (sign < text.size() && (text[sign] == '=' || text[sign] == ':')) at = folded.redact_value(sign + 1);
    }
}

void redact_after(Folded& folded, std::string_view word) {
  for (std::size_t at = 0; (at = folded.low.find(word, at)) != std::string::npos;) at = folded.redact_value(at + word.size());
}

void redact_private_keys(std::string& text) {
  for (std::size_t at = 0; (at = text.find("-----BEGIN ", at)) != std::string::npos;) {
    const std::size_t head = text.find("-----", at + 11);
    if (head == std::string::npos || text.substr(at, head - at).find("PRIVATE KEY") == std::string::npos) {
      at += 11;
      continue;
    }
    const std::size_t from = head + 5;
    std::size_t end = text.find("-----END ", from);
    if (end == std::string::npos) end = text.size();
    text.replace(from, end - from, "\n[redacted]\n");
    at = from;
  }
}

bool may_hold_secrets(const std::string& low) {
  if (low.find("://") != std::string::npos || low.find("bearer ") != std::string::npos || low.find("begin ") != std::string::npos ||
      low.find("authorization") != std::string::npos)
    return true;
  for (std::string_view word : kSecretWords)
    if (low.find(word) != std::string::npos) return true;
  return false;
}

}  // namespace

std::string redact(std::string text) {
  if (!may_hold_secrets(lower(text))) return text;
  redact_private_keys(text);
  redact_urls(text);
  Folded folded{text, lower(text)};
  for (std::string_view word : {"authorization: basic ", "bearer "}) redact_after(folded, word);
  redact_keys(folded);
  return text;
}

}  // namespace touchstone
