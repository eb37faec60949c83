#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/model/run_record.h"

namespace touchstone {

// A file of its own for each host of the record, in its order: "host-node-01.html". Names of hosts
// are anything; what is no letter, digit, '.', '_' or '-' becomes '-', and names that would be the
// same, be it on a file system that knows no case, get a number.
std::vector<std::string> names_of_host_pages(const RunRecord& record);

// The files in the folder that are pages of a report or their parts, of this one or of an earlier
// one, by name.
std::vector<std::string> pages_in(const std::filesystem::path& folder);

}  // namespace touchstone
