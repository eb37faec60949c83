#pragma once

#include <map>
#include <string>

#include "harness/model/evidence.h"

namespace touchstone {

// What a host answered of its versions and its configuration, for its page and for comparisons with
// another run: "mindie" → "2.0.T3", "config.json ServerConfig.port" → "1025", "variable WORLD_SIZE"
// → "16". Values of one thing have its name in front, and that has a fact of its own: "config.json"
// → "read". Only what stays as it is until somebody changes it. What is empty is not there; what is
// missing was not answered.
std::map<std::string, std::string> host_facts(const EvidenceBook& book, const std::string& host);

}  // namespace touchstone
