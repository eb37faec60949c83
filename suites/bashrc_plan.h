#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/model/profile.h"
#include "harness/model/text.h"
#include "harness/parse/bashrc.h"
#include "suites/bashrc_edit.h"

namespace touchstone {

// What is known of one host, to plan its ~/.bashrc (section 4.3).
struct BashrcFacts {
  std::string text;                          // of the file; empty: there is none
  std::map<std::string, std::string> rules;  // what each variable must be: the profile's, its own
  // Of a new interactive shell; absent: nobody asked.
  std::optional<std::map<std::string, std::string>> environment;
  std::map<std::string, std::string> shared;  // what differs in the group: the value that is right
  std::set<std::string> known;                // names that some program reads
  std::set<std::string> idle;        // names that no program reads, and that not every host has
  std::set<std::string> wrong;       // of the rules, those that the environment breaks
  std::vector<std::string> scripts;  // set_env.sh that are there and that nobody reads
};

struct BashrcPlan {
  BashrcNeeds needs;
  std::vector<Phrase> what;  // "WORLD_SIZE=16", "line 12 off", for a person
  std::vector<Text> left;    // what only a person can repair, and why
};
// Throws NoEvidence where the text is no start file of a shell.
BashrcPlan plan_bashrc(const BashrcFacts& facts);

}  // namespace touchstone
