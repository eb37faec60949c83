#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "harness/model/evidence.h"
#include "harness/model/finding.h"
#include "harness/parse/environ.h"
#include "suites/compare.h"

namespace touchstone {

using Variables = std::map<std::string, std::string>;

// One variable that is not as documented.
struct VariableProblem {
  std::string name;
  std::string expected;  // "NAME=value"
  Text actual;           // likewise, or "NAME is not set"
  Text why;
};

// Of any environment, a shell's or a daemon's: the profile's values (guide 4.3). Either spelling of
// ATB's log level passes.
std::vector<VariableProblem> check_documented(const Variables& variables, const Profile& profile);

// What follows from the inventory: WORLD_SIZE, MIES_CONTAINER_IP, and the rank table's path under
// the name that this MindIE reads.
std::vector<VariableProblem> check_own(const Variables& variables, const Group& group,
                                       const Host& host, const Profile& profile);

// RANKTABLEFILE, or RANK_TABLE_FILE from MindIE 2.1 on.
std::string rank_table_variable(const Profile& profile);

// The guide's own and the profile's: some program reads them, and baselines keep them. What is
// nearly one of them is misspelt (4.3.5).
std::set<std::string> known_variables(const Profile& profile);

// What every host of a group has alike, name → value_rule.h: the profile's, WORLD_SIZE and the rank
// table's path.
std::map<std::string, std::string> rules_of_group(const Group& group, const Profile& profile);

// Whether every host of a group should have the same value (4.3.4).
bool is_shared_variable(const std::string& name, const Profile& profile);

// What every host of the group should have alike, and which of the values is right (4.3.4).
struct SharedVariable {
  std::string name;
  NamedValues values;  // by host: "NAME=value", "NAME is not set"
  std::string right;   // one of these
};
std::vector<SharedVariable> shared_variables(const Evidence& group);

// 4.3.1 to 4.3.6; 04_3_environment.cpp says which step each belongs to.
void expect_set_env(const Evidence& host);
void expect_documented(const Evidence& host);
void expect_own(const Evidence& host);
void expect_shared(const Evidence& group);
void expect_clean_bashrc(const Evidence& host);
void expect_own_address(const Evidence& host);

}  // namespace touchstone
