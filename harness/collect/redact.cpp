#include "harness/collect/redact.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace touchstone {
namespace {

constexpr std::string_view kRedacted = "[redacted]";

// How the names of secrets end, whatever stands before: DB_PASSWORD, client-secret, tlsPkPwd,
// aws_secret_access_key.
constexpr std::array<std::string_view, 11> kSecretEnds{
    "password", "passwd",  "passphrase", "pwd",       "secret",    "token",
    "apikey",   "api_key", "access_key", "accesskey", "secret_key"};
// Names that end like it and are none: the shell's folder, and the tokens of a language model.
constexpr std::array<std::string_view, 2> kFolders{"pwd", "oldpwd"};
constexpr std::array<std::string_view, 11> kModelTokens{"eos",  "bos", "pad", "unk", "cls", "sep",
                                                        "mask", "max", "min", "num", "new"};

std::string lower(std::string_view text) {
  std::string low(text);
  for (char& c : low) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return low;
}

bool is_secret(std::string_view key) {
  while (!key.empty() && (key.back() == '.' || key.back() == '-')) key.remove_suffix(1);
  while (!key.empty() && (key.front() == '.' || key.front() == '-')) key.remove_prefix(1);
  const auto end = std::find_if(kSecretEnds.begin(), kSecretEnds.end(), [&](std::string_view end) {
    return key.size() >= end.size() && lower(key.substr(key.size() - end.size())) == end;
  });
  if (end == kSecretEnds.end()) return false;
  const std::string low = lower(key.substr(key.size() > 64 ? key.size() - 64 : 0));
  if (std::find(kFolders.begin(), kFolders.end(), low) != kFolders.end()) return false;
  return *end != "token" ||
         std::none_of(kModelTokens.begin(), kModelTokens.end(), [&](std::string_view kind) {
           return low.ends_with(std::string(kind) + "_token") ||
                  low.ends_with(std::string(kind) + "token");
         });
}

// Goes through a text once, from left to right: std::regex recurses per character and would
// overflow the stack on a long line, and an output of a megabyte may be all secrets.
class Redactor {
 public:
  explicit Redactor(const std::string& text) : text_(text) { clean_.reserve(text.size()); }

  std::string run() {
    while (at_ < text_.size()) {
      if (starts("-----BEGIN ") && private_key()) continue;
      if (starts("://"))
        url();
      else if (key_char(text_[at_]))
        key();
      else
        copy(1);
    }
    return std::move(clean_);
  }

 private:
  static bool key_char(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' || c == '.';
  }
  bool starts(std::string_view what) const { return text_.compare(at_, what.size(), what) == 0; }
  char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void copy(std::size_t count) {
    count = std::min(count, text_.size() - at_);
    clean_.append(text_, at_, count);
    at_ += count;
  }
  void copy_while(std::string_view any) {
    while (at_ < text_.size() && any.find(text_[at_]) != std::string_view::npos) copy(1);
  }
  void replace_to(std::size_t end) {
    if (end > at_) clean_ += kRedacted;
    at_ = std::max(at_, end);
  }
  // JSON's word for nothing.
  bool null() const {
    return starts("null") && (at_ + 4 >= text_.size() || !key_char(text_[at_ + 4]));
  }
  std::size_t first_of(std::string_view any) const {
    return std::min(text_.find_first_of(any, at_), text_.size());
  }

  // http://user:password@host
  void url() {
    copy(3);
    const std::string_view place =
        std::string_view(text_).substr(at_, first_of(" \t\r\n\"'/<>") - at_);
    const std::size_t sign = place.rfind('@'), colon = place.find(':');
    if (sign == std::string_view::npos || colon == std::string_view::npos || colon > sign) return;
    const std::size_t end = at_ + sign;
    copy(colon + 1);
    replace_to(end);
  }

  bool private_key() {
    const std::size_t head = text_.find("-----", at_ + 11);
    if (head == std::string::npos || head - at_ > 100) return false;
    if (std::string_view(text_).substr(at_, head - at_).find("PRIVATE KEY") ==
        std::string_view::npos)
      return false;
    copy(head + 5 - at_);
    const std::size_t end = std::min(text_.find("-----END ", at_), text_.size());
    clean_ += "\n";
    replace_to(end);
    clean_ += "\n";
    return true;
  }

  // A word; what follows is its value when there is a sign between: password=…, "secret": "…",
  // --token ….
  void key() {
    std::size_t end = at_;
    while (end < text_.size() && key_char(text_[end])) ++end;
    const std::string_view word = std::string_view(text_).substr(at_, end - at_);
    const bool secret = is_secret(word), option = word.starts_with("--");
    const std::string low = word.size() == 6 || word.size() == 13 ? lower(word) : "";
    copy(word.size());
    if (low == "bearer" && here() == ' ') return value();
    const bool header = low == "authorization";
    if (!secret && !header) return;
    if (option && here() == ' ') return value();
    const std::size_t mark = clean_.size(), from = at_;
    copy_while("\\\"' ");
    if (here() != '=' && here() != ':') {
      clean_.resize(mark);  // it was no sign: look at this once more, for what it is
      at_ = from;
      return;
    }
    copy(1);
    if (header)
      credentials();
    else
      value();
  }

  // To the closing quote, or to the end of the word.
  void value() {
    copy_while(" \t");
    // A structure under such a name is no secret itself ("token": {"text": …} of a model's answer);
    // what is in it is looked at by its own names.
    if (here() == '{' || here() == '[' || null()) return;
    const bool escaped = here() == '\\';  // JSON in a string of JSON
    if (escaped) copy(1);
    const char quote = here() == '"' || here() == '\'' ? here() : '\0';
    if (!quote) return replace_to(first_of(" \t\r\n,;}\"'&\\"));
    copy(1);
    std::size_t end = at_;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
      if (text_[end] == '\\' && escaped) break;
      end += text_[end] == '\\' && quote == '"' ? 2 : 1;
    }
    replace_to(std::min(end, text_.size()));
  }

  // Authorization: SCHEME secret. The scheme is told, unless it is all that there is.
  void credentials() {
    // `docker info` lists plugins under that name: "Authorization":null, or some in brackets.
    copy_while(" \t");
    if (here() == '[' || null()) return;
    copy_while(" \t\"'\\");
    const std::size_t end = first_of("\r\n\"'\\");
    const std::size_t space = std::string_view(text_).substr(at_, end - at_).find(' ');
    if (space != std::string_view::npos) copy(space + 1);
    replace_to(end);
  }

  const std::string& text_;
  std::string clean_;
  std::size_t at_ = 0;
};

}  // namespace

std::string redact(const std::string& text) {
  return Redactor(text).run();
}

}  // namespace touchstone
