#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "harness/model/text.h"

namespace touchstone {

// Of a cluster, and of the names that one pattern may mean: far more than there are in any.
inline constexpr std::size_t kMostHosts = 10000;

// "node-[01-03,07]" → node-01, node-02, node-03, node-07: numbers keep their leading zeros, several
// brackets make all combinations, the last one counting fastest. A text without brackets is itself.
// Nothing when a bracket is not closed or holds no such list, or when there would be more than
// kMostHosts names; `error` then says which.
std::optional<std::vector<std::string>> expand_host_pattern(std::string_view pattern,
                                                            Text* error = nullptr);

// What a user means by "node-[01-03],spare-*": each name, and each part with * or ? as it is. A
// part whose brackets hold no list is a name.
std::vector<std::string> names_meant(std::string_view patterns);

// Which names some patterns mean: as above, with * and ? for any characters.
class NamePatterns {
 public:
  explicit NamePatterns(const std::vector<std::string>& patterns);
  bool have(const std::string& name) const;

 private:
  std::unordered_set<std::string> exact_;
  std::vector<std::string> globs_;
};

}  // namespace touchstone
