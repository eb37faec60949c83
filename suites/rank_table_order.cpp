#include "suites/rank_table_order.h"

#include <algorithm>

#include "harness/parse/ipv4.h"

namespace touchstone {

std::vector<std::string> rank_table_ordered(std::vector<std::string> ids,
                                            const std::string& order) {
  auto number = [](const std::string& id) { return ipv4_of(id).value_or(0); };
  if (order == "lexicographic") std::stable_sort(ids.begin(), ids.end());
  if (order == "ascending")
    std::stable_sort(ids.begin(), ids.end(),
                     [&](const auto& a, const auto& b) { return number(a) < number(b); });
  if (order == "descending")
    std::stable_sort(ids.begin(), ids.end(),
                     [&](const auto& a, const auto& b) { return number(a) > number(b); });
  return ids;
}

bool in_rank_table_order(const std::vector<std::string>& server_ids, const std::string& order) {
  return rank_table_ordered(server_ids, order) == server_ids;
}

}  // namespace touchstone
