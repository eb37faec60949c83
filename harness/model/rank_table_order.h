#pragma once

#include <string>
#include <vector>

namespace touchstone {

// The orders that a profile may name (3.2.6): "descending" and "ascending" by address as a number
// (what is no IPv4 address counts as 0), "lexicographic" by its text, "any".
bool stands_before(const std::string& one, const std::string& other, const std::string& order);

std::vector<std::string> rank_table_ordered(std::vector<std::string> server_ids,
                                            const std::string& order);
bool in_rank_table_order(const std::vector<std::string>& server_ids, const std::string& order);

}  // namespace touchstone
