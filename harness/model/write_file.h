#pragma once

#include <filesystem>
#include <string_view>

#include "harness/model/said_error.h"

namespace touchstone {

// What was to be written could not be: names the path, and the system's reason.
class CannotWrite : public SaidError {
 public:
  using SaidError::SaidError;
};

// With those above it; one that is there already is fine. Throws CannotWrite.
void make_folders(const std::filesystem::path& folder);

// Writes beside the place and renames, so that a reader never sees half of a file, and a process
// killed in the middle leaves the last whole one. The name beside is of this process alone: two
// runs may write the same file. Nothing of it stays where it fails. Throws CannotWrite.
void write_file(const std::filesystem::path& path, std::string_view text);

}  // namespace touchstone
