#include "harness/model/redact.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace touchstone {
namespace {

// How tokens of well-known services begin, and how long they are at least.
constexpr std::array<std::string_view, 7> kTokenBegins{"sk-",  "hf_",    "ghp_", "gho_",
                                                       "ghs_", "glpat-", "AKIA"};
constexpr std::size_t kTokenBytes = 20;
constexpr std::size_t kProxyBytes = 512;  // of user, password and host
constexpr std::size_t kUserBytes = 30;    // of a user in a URL: a longer one is a token

bool is_token(std::string_view word) {
  if (word.size() < kTokenBytes) return false;
  if (word.starts_with("eyJ") && std::count(word.begin(), word.end(), '.') == 2)
    return true;  // JWT
  return std::any_of(kTokenBegins.begin(), kTokenBegins.end(),
                     [&](std::string_view begin) { return word.starts_with(begin); });
}

bool one_of(char c, std::string_view any) {
  return any.find(c) != std::string_view::npos;
}

// Goes through a text once, from left to right: std::regex recurses per character and would
// overflow the stack on a long line, and an output of a megabyte may be all secrets.
class Redactor {
 public:
  Redactor(const std::string& text, const Secrets& secrets) : text_(text), secrets_(secrets) {
    clean_.reserve(text.size());
  }

  std::string run() {
    while (at_ < text_.size()) {
      if (starts("-----BEGIN ") && private_key()) continue;
      if (starts("://")) {
        copy(3);
        user_and_password();
      } else if (key_char(text_[at_])) {
        key();
      } else {
        copy(1);
      }
    }
    return std::move(clean_);
  }

 private:
  static bool key_char(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' || c == '.';
  }
  bool starts(std::string_view what) const { return text_.compare(at_, what.size(), what) == 0; }
  char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  std::string_view from_here(std::size_t end) const {
    return std::string_view(text_).substr(at_, end - at_);
  }

  void copy(std::size_t count) {
    count = std::min(count, text_.size() - at_);
    clean_.append(text_, at_, count);
    at_ += count;
  }
  void copy_while(std::string_view any) {
    while (at_ < text_.size() && one_of(text_[at_], any)) copy(1);
  }
  void replace_to(std::size_t end) {
    if (end > at_) clean_ += kRedacted;
    at_ = std::max(at_, end);
  }
  std::size_t first_of(std::string_view any) const {
    return std::min(text_.find_first_of(any, at_), text_.size());
  }

  // user:password@host, of a URL or a proxy. A user's name is no secret, unless it is a token.
  void user_and_password() {
    const std::string_view place = from_here(first_of(" \t\r\n\"'/<>"));
    const std::size_t sign = place.rfind('@'), colon = place.find(':');
    if (sign == std::string_view::npos) return;
    const std::size_t end = at_ + sign;
    if (colon < sign)
      copy(colon + 1);
    else if (sign < kUserBytes)
      return;
    replace_to(end);
  }

  bool private_key() {
    const std::size_t head = text_.find("-----", at_ + 11);
    if (head == std::string::npos || head - at_ > 100) return false;
    if (from_here(head).find("PRIVATE KEY") == std::string_view::npos) return false;
    copy(head + 5 - at_);
    const std::size_t end = std::min(text_.find("-----END ", at_), text_.size());
    const bool last_line = end > at_ && text_[end - 1] == '\n';
    copy_while("\r\n");
    replace_to(end);
    if (last_line) clean_ += "\n";
    return true;
  }

  // A word; what follows is its value when there is a sign between: password=…, "secret": "…",
  // --token ….
  void key() {
    std::size_t end = at_;
    while (end < text_.size() && key_char(text_[end])) ++end;
    const std::string_view word = from_here(end);
    if (is_token(word)) return replace_to(end);
    const std::string_view name = word.substr(word.size() - std::min<std::size_t>(word.size(), 64));
    const bool secret = secrets_.names(name), option = word.starts_with("--");
    std::string low;
    if (word.size() <= 13)
      for (const char c : word)
        low += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const bool header = low == "authorization", cookie = low == "cookie" || low == "set-cookie";
    const bool proxy = low.ends_with("proxy");
    copy(word.size());
    if (low == "bearer" && here() == ' ') return value("");
    if (!secret && !header && !cookie && !proxy) return;
    if (secret && option && (here() == ' ' || next_item())) return value("");
    const std::size_t mark = clean_.size(), from = at_;
    copy_while("\\\"' ");
    if (here() != '=' && here() != ':') {
      clean_.resize(mark);  // it was no sign: look at this once more, for what it is
      at_ = from;
      return;
    }
    std::string quote = clean_.substr(mark);
    quote.erase(quote.find_last_not_of(' ') + 1);
    copy(1);
    if (header || cookie) return credentials(header);
    if (proxy && !secret) return of_proxy();
    if (low == "token" && structure_follows()) return;
    value(quote);
  }

  // "token": {"text": …} of a model's answer is no secret; what is in it is looked at by its names.
  bool structure_follows() const {
    const std::size_t at = text_.find_first_not_of(" \t", at_);
    return at != std::string::npos && text_[at] == '{';
  }

  // ["--token", "…"], as docker and YAML list the words of a command.
  bool next_item() {
    std::size_t at = at_;
    while (at < text_.size() && one_of(text_[at], "\\\"'")) ++at;
    if (at == at_ || at == text_.size() || text_[at] != ',') return false;
    copy(at + 1 - at_);
    copy_while(" \t\r\n");
    return true;
  }

  void of_proxy() {
    copy_while(" \t\"'\\");
    // At most so far, since a place without a password is looked at without being taken.
    std::string_view place = std::string_view(text_).substr(at_, kProxyBytes);
    place = place.substr(0, place.find_first_of(" \t\r\n\"'"));
    if (place.find("://") == std::string_view::npos && place.find('@') != std::string_view::npos)
      user_and_password();
  }

  // To the closing quote, or to the end of the word. `name_quote`: what closed the name, if JSON.
  void value(const std::string& name_quote) {
    copy_while(" \t");
    if (starts(kRedacted)) {
      copy(kRedacted.size());  // a part of it is a secret of the site's
      at_ = end_of_word();
      return;
    }
    if (here() == '[' || here() == '{') return structured();
    std::size_t slashes = 0;  // of JSON in a string of JSON
    while (at_ + slashes < text_.size() && text_[at_ + slashes] == '\\') ++slashes;
    const char quote = at_ + slashes < text_.size() ? text_[at_ + slashes] : '\0';
    if (quote != '"' && quote != '\'') return bare(name_quote);
    copy(slashes + 1);
    if (starts("-----BEGIN ") && private_key()) return;
    replace_to(closing(quote, slashes));
    if (slashes > 0 || !name_quote.empty() || here() != quote) return;
    copy(1);
    rest_of_word();
  }

  // "passwords": ["…", "…"], "password": {"value": "…"}, also in a string of JSON: every text in it
  // that is no name. Ends where it is no JSON any more.
  void structured() {
    int depth = 0;
    do {
      std::size_t slashes = 0;
      while (at_ + slashes < text_.size() && text_[at_ + slashes] == '\\') ++slashes;
      const char c = at_ + slashes < text_.size() ? text_[at_ + slashes] : '\0';
      if (c == '"')
        quoted(slashes);
      else if (one_of(c, "{}[]"))
        copy(1), depth += one_of(c, "{[") ? 1 : -1;
      else if (c != '\0' && one_of(c, " \t\r\n,:+-.0123456789eE"))
        copy(slashes + 1);
      else if (starts("true") || starts("null"))
        copy(4);
      else if (starts("false"))
        copy(5);
      else
        return;
    } while (depth > 0);
  }

  void quoted(std::size_t slashes) {
    copy(slashes + 1);
    const std::size_t end = closing('"', slashes);
    const std::size_t after = text_.find_first_not_of(" \t\r\n", end + slashes + 1);
    const bool name = after != std::string::npos && text_[after] == ':';
    name ? copy(end - at_) : replace_to(end);
    copy(slashes + 1);
  }

  // "abc"'def'ghi is one word of a shell.
  void rest_of_word() {
    std::size_t end = at_;
    while (end < text_.size() && text_[end] != '\0' &&
           !one_of(text_[end], " \t\r\n\v,;:&|)}]\\<>")) {
      const char c = text_[end++];
      if (c == '"' || c == '\'')
        while (end < text_.size() && text_[end] != '\n' && text_[end++] != c) continue;
    }
    replace_to(end);
  }

  // Where the quote is closed; at the end of the line it is taken for closed.
  std::size_t closing(char quote, std::size_t slashes) const {
    std::size_t run = 0;
    for (std::size_t at = at_; at < text_.size(); ++at) {
      const char c = text_[at];
      if (c == '\n') return at;
      const bool ends = slashes > 0 ? run == slashes : quote == '\'' || run % 2 == 0;
      if (c == quote && ends) return slashes > 0 ? at - slashes : at;
      run = c == '\\' ? run + 1 : 0;
    }
    return text_.size();
  }

  void bare(const std::string& name_quote) {
    if (starts("-----BEGIN ") && private_key()) return;
    const std::size_t end = end_of_word();
    const std::string_view word = from_here(end);
    const bool json = name_quote.ends_with('"');
    if (json && (word == "null" || word == "true" || word == "false")) return copy(word.size());
    if (json) clean_ += name_quote;
    replace_to(end);
    if (json) clean_ += name_quote;
  }

  // Of a shell, of YAML, of a query, of a line in a string of JSON.
  std::size_t end_of_word() const {
    std::size_t at = at_;
    for (; at < text_.size(); ++at) {
      const char c = text_[at], next = at + 1 < text_.size() ? text_[at + 1] : '\n';
      if (c == '\0' || one_of(c, " \t\r\n;&\"'")) break;
      if (one_of(c, ",}])") && one_of(next, " \t\r\n\"',}])\\")) break;
      if (c == '\\' && one_of(next, "nrt\"'")) break;
    }
    return at;
  }

  // Authorization: SCHEME secret. The scheme is told, unless it is all that there is.
  void credentials(bool has_scheme) {
    // `docker info` lists plugins under that name: "Authorization":null, or some in brackets.
    copy_while(" \t");
    if (here() == '[' ||
        (starts("null") && !key_char(at_ + 4 < text_.size() ? text_[at_ + 4] : '\0')))
      return;
    copy_while(" \t\"'\\");
    const std::size_t end = first_of("\r\n\"'\\");
    const std::size_t space = from_here(end).find(' ');
    if (has_scheme && space != std::string_view::npos) copy(space + 1);
    replace_to(end);
  }

  const std::string& text_;
  const Secrets& secrets_;
  std::string clean_;
  std::size_t at_ = 0;
};

}  // namespace

std::string redact(const std::string& text, const Secrets& secrets) {
  return Redactor(secrets.without_values(text), secrets).run();
}

}  // namespace touchstone
