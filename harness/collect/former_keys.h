#pragma once

#include <map>
#include <string>

#include "harness/model/visit.h"

// Questions change their names between versions; recordings, and what collection scripts have
// printed, are judged for years.
namespace touchstone {

// The name that a question has today.
std::string key_of_today(const std::string& key);

// The same for all answers of a visit. Of several that became one question, the answer that has the
// name of today counts, else the first.
void use_keys_of_today(std::map<AnswerKey, Answer>& answers);

}  // namespace touchstone
