#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "harness/model/run_record.h"

namespace touchstone {

// A file of its own for each host of the record, in its order: "host-node-01.html". Names of hosts
// are anything; what is no letter, digit, '.', '_' or '-' becomes '-', and names that would be the
// same, be it on a file system that knows no case, get a number.
std::vector<std::string> names_of_host_pages(const RunRecord& record);

// Removes the files of the pages of an earlier report, as far as `stale` says so of their name.
void remove_pages(const std::filesystem::path& folder,
                  const std::function<bool(const std::string&)>& stale);

}  // namespace touchstone
