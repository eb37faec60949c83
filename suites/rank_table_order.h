#pragma once

#include <string>
#include <vector>

namespace touchstone {

// The orders that a profile may name (3.2.6): "descending" and "ascending" by address as a number,
// "lexicographic" by its text, "any".
std::vector<std::string> rank_table_ordered(std::vector<std::string> server_ids,
                                            const std::string& order);
bool in_rank_table_order(const std::vector<std::string>& server_ids, const std::string& order);

}  // namespace touchstone
