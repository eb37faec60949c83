#include "harness/model/rank_table_order.h"

#include <algorithm>
#include <cstdint>

#include <arpa/inet.h>

namespace touchstone {
namespace {

std::uint32_t number_of(const std::string& address) {
  in_addr parsed{};
  return inet_pton(AF_INET, address.c_str(), &parsed) == 1 ? ntohl(parsed.s_addr) : 0;
}

}  // namespace

bool stands_before(const std::string& one, const std::string& other, const std::string& order) {
  if (order == "lexicographic") return one < other;
  if (order == "ascending") return number_of(one) < number_of(other);
  return order == "descending" && number_of(one) > number_of(other);
}

std::vector<std::string> rank_table_ordered(std::vector<std::string> server_ids,
                                            const std::string& order) {
  std::stable_sort(server_ids.begin(), server_ids.end(), [&](const auto& one, const auto& other) {
    return stands_before(one, other, order);
  });
  return server_ids;
}

bool in_rank_table_order(const std::vector<std::string>& server_ids, const std::string& order) {
  return rank_table_ordered(server_ids, order) == server_ids;
}

}  // namespace touchstone
