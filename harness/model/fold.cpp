#include "harness/model/fold.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "harness/model/ascii.h"

namespace touchstone {
namespace {

constexpr std::size_t kMostDigits = 18;  // of a number that fits; longer ones are no counting

// A name around its last number.
struct Parts {
  std::string before, number, after;
};

Parts parts_of(const std::string& name) {
  std::size_t end = name.size();
  while (end > 0 && !is_digit(name[end - 1])) --end;
  std::size_t begin = end;
  while (begin > 0 && is_digit(name[begin - 1])) --begin;
  if (end - begin == 0 || end - begin > kMostDigits) return {.before = name};
  return {name.substr(0, begin), name.substr(begin, end - begin), name.substr(end)};
}

using Numbers = std::set<std::pair<std::uint64_t, std::string>>;

bool follows(const std::string& number, const std::string& next) {
  return fmt::format("{:0{}}", std::stoull(number) + 1, number.size()) == next;
}

// {"01", "02", "03", "07"} → "01-03,07"
std::string ranges_of(const Numbers& numbers) {
  std::string result;
  for (auto at = numbers.begin(); at != numbers.end();) {
    auto last = at;
    for (auto next = std::next(at); next != numbers.end() && follows(last->second, next->second);
         ++next)
      last = next;
    if (!result.empty()) result += ',';
    result += last == at ? at->second : at->second + "-" + last->second;
    at = std::next(last);
  }
  return result;
}

// In the order in which the first of each family came.
std::vector<std::string> fold(const std::vector<std::string>& names) {
  std::vector<std::pair<Parts, Numbers>> families;
  std::map<std::pair<std::string, std::string>, std::size_t> at;
  std::set<std::string> whole;
  for (const std::string& name : names) {
    Parts parts = parts_of(name);
    if (parts.number.empty() && !whole.insert(name).second) continue;
    auto key = parts.number.empty() ? std::pair{name, std::string(1, '\0')}
                                    : std::pair{parts.before, parts.after};
    auto [found, fresh] = at.try_emplace(std::move(key), families.size());
    if (fresh) families.push_back({parts, {}});
    if (!parts.number.empty())
      families[found->second].second.emplace(std::stoull(parts.number), parts.number);
  }
  std::vector<std::string> folded;
  for (const auto& [parts, numbers] : families) {
    if (numbers.empty())
      folded.push_back(parts.before);
    else if (numbers.size() == 1)
      folded.push_back(parts.before + numbers.begin()->second + parts.after);
    else
      folded.push_back(parts.before + "[" + ranges_of(numbers) + "]" + parts.after);
  }
  return folded;
}

constexpr std::string_view kNpu = "/npu";

bool of_npu(const std::string& name, std::string& host, std::string& npu) {
  const std::size_t slash = name.rfind(kNpu);
  if (slash == std::string::npos || slash + kNpu.size() == name.size()) return false;
  host = name.substr(0, slash);
  npu = name.substr(slash + kNpu.size());
  return npu.size() <= kMostDigits && std::all_of(npu.begin(), npu.end(), is_digit);
}

}  // namespace

std::string fold_names(const std::vector<std::string>& names) {
  std::vector<std::string> hosts, others;
  std::map<std::string, Numbers> npus;
  for (const std::string& name : names) {
    std::string host, npu;
    if (!of_npu(name, host, npu)) {
      others.push_back(name);
      continue;
    }
    Numbers& of_host = npus[host];
    if (of_host.empty()) hosts.push_back(host);
    of_host.emplace(std::stoull(npu), npu);
  }
  // Hosts with the same NPUs are said together.
  std::vector<std::pair<const Numbers*, std::vector<std::string>>> alike;
  std::map<Numbers, std::size_t> at;
  for (const std::string& host : hosts) {
    auto [found, fresh] = at.try_emplace(npus[host], alike.size());
    if (fresh) alike.push_back({&found->first, {}});
    alike[found->second].second.push_back(host);
  }
  std::vector<std::string> all = fold(others);
  for (const auto& [numbers, same] : alike) {
    const std::string which =
        numbers->size() == 1 ? numbers->begin()->second : "[" + ranges_of(*numbers) + "]";
    for (const std::string& folded : fold(same))
      all.push_back(fmt::format("{}{}{}", folded, kNpu, which));
  }
  return fmt::format("{}", fmt::join(all, ", "));
}

}  // namespace touchstone
