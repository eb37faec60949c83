#pragma once

#include <filesystem>
#include <string>

#include "harness/model/text.h"

namespace touchstone::cli {

// The whole file; "-" and "" are standard input. Throws Failure(78) with the path and the system's
// reason, and where it is larger than `most` bytes.
std::string read_input(const std::string& path, std::size_t most = std::size_t{64} << 20);

// What is there; "not found" is an answer, too. Throws Failure(78) with the system's reason where
// nobody can tell: a folder above that may not be searched, a name that is too long.
std::filesystem::file_status status_of(const std::filesystem::path& path);

// write_file(), where "-" is standard output. Refuses to replace a file unless `force`. Throws
// CannotWrite (harness/model/write_file.h).
void write_output(const std::string& path, const std::string& text, bool force);

// Standard output; throws CannotWrite when it cannot be written (a full disk, a closed pipe).
void print(const std::string& text);

// What went wrong, on standard error.
void complain(const Text& what, Language language);

}  // namespace touchstone::cli
