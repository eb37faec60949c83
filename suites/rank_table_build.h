#pragma once

#include <string>
#include <vector>

#include "harness/model/evidence.h"
#include "harness/parse/rank_table.h"

namespace touchstone {

struct BuiltTable {
  std::string text;  // empty when there are problems
  std::vector<Text>
      problems;  // why no table can be built: an NPU without an address, a master that is not first
};

// The merged table of a group from the addresses that its NPUs have now (`hccn_tool -ip -g`), its
// servers in the profile's order, the master first, ranks from 0 (guide 3.2). Half a table is never
// built.
BuiltTable build_rank_table(const EvidenceBook& book, const Group& group, RankTableForm form);

struct TableFinding {
  Text text;
  int line = 0;  // 0: of the whole table
};

// What is wrong with the table by itself; and with it compared with the group of the inventory that
// shares most servers with it, whose addresses are right whatever they look like.
std::vector<TableFinding> check_table(const RankTable& table);
std::vector<TableFinding> check_table_against(const RankTable& table, const Inventory& inventory);

}  // namespace touchstone
