#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/model/run_record.h"

namespace touchstone::cli {

struct MadeAgain {
  std::size_t files = 0;            // that were compared
  std::vector<std::string> others;  // names of those that the record does not give
};

// Makes the files of a report's folder once more from its record, in the language and the flavour
// that they are in, and compares. Throws std::runtime_error where one cannot be read.
MadeAgain make_again(const std::filesystem::path& folder, const RunRecord& record);

}  // namespace touchstone::cli
