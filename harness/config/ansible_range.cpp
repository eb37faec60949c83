#include "harness/config/ansible_range.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "harness/model/ascii.h"
#include "harness/model/host_pattern.h"
#include "harness/model/said.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || text.size() > 9 || end != text.data() + text.size() || value < 0)
    return std::nullopt;
  return value;
}

std::string_view take(std::string_view& text) {
  const std::size_t colon = text.find(':');
  const std::string_view part = text.substr(0, colon);
  text.remove_prefix(colon == text.npos ? text.size() : colon + 1);
  return part;
}

bool letter(std::string_view text) {
  return text.size() == 1 && is_letter(text[0]);
}

// "01:16" without its brackets.
std::vector<std::string> names_of(std::string_view range) {
  const std::string_view low = take(range), high = take(range);
  const bool stepped = !range.empty();
  const auto step = stepped ? number(range) : std::optional(1);
  if (!step || *step < 1) return {};
  std::vector<std::string> words;
  if (letter(low) && letter(high)) {
    for (unsigned c = static_cast<unsigned char>(low[0]), end = static_cast<unsigned char>(high[0]);
         c <= end; c += static_cast<unsigned>(*step))
      words.emplace_back(1, static_cast<char>(c));
    return words;
  }
  const auto first = number(low.empty() ? "0" : low), last = number(high);
  if (!first || !last || (*last - *first) / *step >= static_cast<int>(kMostHosts)) return {};
  const std::size_t width = low.size() > 1 && low[0] == '0' ? low.size() : 1;
  for (long i = *first; i <= *last; i += *step) words.push_back(fmt::format("{:0{}}", i, width));
  return words;
}

}  // namespace

std::vector<std::string> expand_ansible_range(std::string_view pattern, Text& error) {
  std::vector<std::string> names{""};
  const std::string whole(pattern);
  while (!pattern.empty()) {
    const std::size_t open = std::min(pattern.find('['), pattern.size());
    for (std::string& name : names) name += pattern.substr(0, open);
    pattern.remove_prefix(open);
    if (pattern.empty()) break;
    const std::size_t close = pattern.find(']');
    const std::vector<std::string> words =
        close == pattern.npos ? std::vector<std::string>() : names_of(pattern.substr(1, close - 1));
    if (words.empty() || names.size() * words.size() > kMostHosts) {
      error = said("{} 不是至多 {} 个名称的范围;请写如 node[01:16] 或 rack[a:c]",
                   "{} is no range of at most {} names; write one such as node[01:16] or rack[a:c]",
                   touchstone::quoted(whole), kMostHosts);
      return {};
    }
    std::vector<std::string> next;
    for (const std::string& name : names)
      for (const std::string& word : words) next.push_back(name + word);
    names = std::move(next);
    pattern.remove_prefix(close + 1);
  }
  return names;
}

}  // namespace touchstone
