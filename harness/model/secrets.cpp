#include "harness/model/secrets.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "harness/model/base64.h"

namespace touchstone {
namespace {

// How the names of secrets end, whatever stands before.
constexpr std::array<std::string_view, 17> kSecretEnds{
    "password", "passwords",  "passwd",     "passphrase",  "passcode",  "pwd",
    "secret",   "secrets",    "apikey",     "apikeys",     "accesskey", "secretkey",
    "authkey",  "privatekey", "credential", "credentials", "token"};
// Names that end like it and are none: the shell's folder, and the tokens of a language model.
constexpr std::array<std::string_view, 2> kFolders{"pwd", "oldpwd"};
constexpr std::array<std::string_view, 11> kModelTokens{"eos",  "bos", "pad", "unk", "cls", "sep",
                                                        "mask", "max", "min", "num", "new"};
constexpr std::size_t kLongestName = 64;  // of a longer one the end decides

char low(char c) {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}
bool letter_or_digit(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

std::string plain(std::string_view name) {
  if (name.size() > kLongestName) name.remove_prefix(name.size() - kLongestName);
  std::string text;
  for (const char c : name)
    if (letter_or_digit(c)) text += low(c);
  return text;
}

// The last word of snake_case, kebab-case and camelCase: "token" of admin_token and adminToken.
std::string take_last_word(std::string_view& name) {
  while (!name.empty() && !letter_or_digit(name.back())) name.remove_suffix(1);
  std::size_t begin = name.size();
  while (begin > 0 && letter_or_digit(name[begin - 1])) {
    --begin;
    const bool upper = std::isupper(static_cast<unsigned char>(name[begin])) != 0;
    const bool hump =
        upper && begin > 0 && std::islower(static_cast<unsigned char>(name[begin - 1])) != 0;
    if (hump) break;
  }
  std::string word;
  for (const char c : name.substr(begin)) word += low(c);
  name = name.substr(0, begin);
  return word;
}

// Every word of every answer is asked about, and most go no further than this: how kSecretEnds end.
bool may_end_a_secret(std::string_view name) {
  if (name.size() < 2) return false;
  const std::array<char, 2> end{low(name[name.size() - 2]), low(name.back())};
  return std::string_view("rd,ds,wd,se,de,et,ts,ey,ys,al,ls,en,ss,th")
             .find(std::string_view(end.data(), 2)) != std::string_view::npos;
}

// eos_token, maxTokens, mintoken; not admin_token.
bool counted_by_models(std::string_view name) {
  const std::string last = take_last_word(name);
  const std::string kind =
      last == "token" ? take_last_word(name)
                      : last.substr(0, last.size() - std::min(last.size(), std::size_t{5}));
  return std::find(kModelTokens.begin(), kModelTokens.end(), kind) != kModelTokens.end();
}

std::string percent_encoded(const std::string& value, const char* form) {
  std::string text;
  for (const char c : value)
    text += letter_or_digit(c) || std::string_view("-._~").find(c) != std::string_view::npos
                ? std::string(1, c)
                : fmt::format(fmt::runtime(form), static_cast<unsigned char>(c));
  return text;
}

std::string json_escaped(const std::string& value) {
  std::string text;
  for (const char c : value) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text;
}

// The characters that the value decides alone, when `before` other bytes stand ahead of it in what
// is encoded: "user:password" has the password somewhere in the middle.
std::string in_base64(const std::string& value, std::size_t before) {
  const std::string whole = to_base64(std::string(before, ' ') + value);
  const std::size_t first = before == 0 ? 0 : before + 1, end = (before + value.size()) * 8 / 6;
  return whole.substr(first, end - first);
}

}  // namespace

bool names_secret(std::string_view name) {
  // PASSWORD_2 is one, too.
  while (!name.empty() && !std::isalpha(static_cast<unsigned char>(name.back())))
    name.remove_suffix(1);
  if (!may_end_a_secret(name)) return false;
  const std::string text = plain(name);
  std::string_view rest = name;
  const std::string last = take_last_word(rest);
  if (last == "pass" || (last == "auth" && plain(rest).empty())) return true;
  if (std::find(kFolders.begin(), kFolders.end(), text) != kFolders.end()) return false;
  const auto end = std::find_if(kSecretEnds.begin(), kSecretEnds.end(),
                                [&](std::string_view one) { return text.ends_with(one); });
  if (end == kSecretEnds.end()) return false;
  return *end != "token" || !counted_by_models(name);
}

void Secrets::add_name(std::string_view name) {
  names_.push_back(plain(name));
}

bool Secrets::names(std::string_view name) const {
  if (names_secret(name)) return true;
  return !names_.empty() && std::find(names_.begin(), names_.end(), plain(name)) != names_.end();
}

void Secrets::add_value(const std::string& value) {
  if (value.empty()) return;
  std::vector<std::string> forms{value, json_escaped(value), percent_encoded(value, "%{:02X}"),
                                 percent_encoded(value, "%{:02x}")};
  for (const std::size_t before : {0U, 1U, 2U}) {
    forms.push_back(in_base64(value, before));
    std::string of_urls = forms.back();
    std::replace(of_urls.begin(), of_urls.end(), '+', '-');
    std::replace(of_urls.begin(), of_urls.end(), '/', '_');
    forms.push_back(std::move(of_urls));
  }
  for (std::string& form : forms)
    if ((form == value || form.size() >= kShortest) &&
        std::find(forms_.begin(), forms_.end(), form) == forms_.end())
      forms_.push_back(std::move(form));
  std::stable_sort(forms_.begin(), forms_.end(),
                   [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
}

std::string Secrets::without_values(std::string text) const {
  for (const std::string& form : forms_) {
    if (text.find(form) == std::string::npos) continue;
    std::string clean;
    std::size_t at = 0;
    for (std::size_t next = 0; (next = text.find(form, at)) != std::string::npos;
         at = next + form.size())
      clean.append(text, at, next - at).append(kRedacted);
    text = clean.append(text, at);
  }
  return text;
}

}  // namespace touchstone
