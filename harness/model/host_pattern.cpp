#include "harness/model/host_pattern.h"

#include <algorithm>
#include <charconv>

#include <fnmatch.h>

#include <fmt/format.h>

#include "harness/model/said.h"

namespace touchstone {
namespace {

std::optional<unsigned> number(std::string_view text) {
  unsigned value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "01-03,07" → 01, 02, 03, 07; empty when it is no such list.
std::vector<std::string> expand_list(std::string_view list) {
  std::vector<std::string> words;
  for (std::size_t from = 0; from <= list.size();) {
    const std::size_t comma = std::min(list.find(',', from), list.size());
    const std::string_view part = list.substr(from, comma - from);
    const std::size_t dash = part.find('-');
    const std::string_view low = part.substr(0, dash);
    const std::string_view high = dash == std::string_view::npos ? low : part.substr(dash + 1);
    const auto first = number(low), last = number(high);
    if (!first || !last || *first > *last || *last - *first >= kMostHosts) return {};
    for (unsigned i = *first; i <= *last; ++i)
      words.push_back(fmt::format("{:0{}}", i, low.size()));
    from = comma + 1;
  }
  return words;
}

std::nullopt_t fail(Text* error, Text why) {
  if (error) *error = std::move(why);
  return std::nullopt;
}

}  // namespace

std::optional<std::vector<std::string>> expand_host_pattern(std::string_view pattern, Text* error) {
  std::vector<std::string> names{""};
  while (!pattern.empty()) {
    const std::size_t open = std::min(pattern.find('['), pattern.size());
    const std::string_view plain = pattern.substr(0, open);
    if (plain.find(']') != std::string_view::npos)
      return fail(error, {"有 ']' 而没有 '['", "there is a ']' without a '['"});
    for (std::string& name : names) name += plain;
    pattern.remove_prefix(open);
    if (pattern.empty()) break;
    const std::size_t close = pattern.find(']');
    if (close == std::string_view::npos)
      return fail(error, {"括号 '[' 没有结束", "the bracket '[' is not closed"});
    const std::vector<std::string> words = expand_list(pattern.substr(1, close - 1));
    if (words.empty())
      return fail(error, said("'{}' 不是如 [01-16] 或 [01-04,07] 的数字列表",
                              "'{}' is not a list of numbers such as [01-16] or [01-04,07]",
                              pattern.substr(0, close + 1)));
    if (names.size() * words.size() > kMostHosts)
      return fail(error,
                  {"模式表示的名称超过 10000 个", "the pattern stands for more than 10000 names"});
    std::vector<std::string> next;
    for (const std::string& name : names)
      for (const std::string& word : words) next.push_back(name + word);
    names = std::move(next);
    pattern.remove_prefix(close + 1);
  }
  return names;
}

std::vector<std::string> names_meant(std::string_view patterns) {
  std::vector<std::string> names;
  while (!patterns.empty()) {
    std::size_t end = 0;  // a comma may stand inside brackets
    for (bool inside = false; end < patterns.size() && (inside || patterns[end] != ','); ++end)
      inside = patterns[end] == '[' || (inside && patterns[end] != ']');
    const std::string one(patterns.substr(0, end));
    for (std::string& name : expand_host_pattern(one).value_or(std::vector{one}))
      names.push_back(std::move(name));
    patterns.remove_prefix(std::min(end + 1, patterns.size()));
  }
  return names;
}

NamePatterns::NamePatterns(const std::vector<std::string>& patterns) {
  for (const std::string& pattern : patterns)
    for (const std::string& name : names_meant(pattern))
      if (name.find_first_of("*?[") == std::string::npos)
        exact_.insert(name);
      else
        globs_.push_back(name);
}

bool NamePatterns::have(const std::string& name) const {
  return exact_.contains(name) ||
         std::any_of(globs_.begin(), globs_.end(), [&](const std::string& glob) {
           return fnmatch(glob.c_str(), name.c_str(), FNM_NOESCAPE) == 0;
         });
}

}  // namespace touchstone
