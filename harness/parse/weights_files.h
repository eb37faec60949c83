#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/parse/stat.h"

namespace touchstone {

// One entry of a folder, or one folder on the way to it.
struct WeightsFile {
  std::string name;
  bool link = false;   // it is a symbolic link itself
  bool there = false;  // false: a link to nothing
  FileStat stat;       // of what a link names
  bool operator==(const WeightsFile&) const = default;
};

// What the weights' folder holds, in the order of the names; or the folders from it up to "/".
// A record is "LINK|" ("l" or "-"), what stat prints in kStatFormat (nothing where there is
// nothing), a line end, the name, NUL. A folder that is not there: kNotSet.
struct WeightsFiles {
  std::vector<WeightsFile> files;

  const WeightsFile* find(std::string_view name) const;
  bool operator==(const WeightsFiles&) const = default;
};
Parsed<WeightsFiles> parse_weights_files(std::string_view out, std::string_view err);

}  // namespace touchstone
