#pragma once

#include <vector>

#include "harness/model/text.h"
#include "harness/parse/rank_table.h"

namespace touchstone {

// What the two tables say differently, a sentence each: servers, their order, addresses, ranks.
// Layout does not count.
std::vector<Text> diff_rank_tables(const RankTable& a, const RankTable& b);

}  // namespace touchstone
