#pragma once

#include <map>
#include <string>

#include "harness/model/evidence.h"

namespace touchstone {

// What a host answered of its versions and its configuration, for its page and for comparisons with
// another run: "mindie" → "2.0.T3", "config.json ServerConfig.port" → "1025", "variable
// WORLD_SIZE". Of a file with many values each has the file's name in front. Only what stays as it
// is until somebody changes it; what was not answered is missing.
std::map<std::string, std::string> host_facts(const EvidenceBook& book, const std::string& host);

}  // namespace touchstone
