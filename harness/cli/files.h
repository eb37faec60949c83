#pragma once

#include <string>

namespace touchstone::cli {

// The whole file; "-" and "" are standard input. Throws Failure(78) with the path and the system's
// reason, and where it is larger than `most` bytes.
std::string read_input(const std::string& path, std::size_t most = std::size_t{64} << 20);

// Writes beside the target and renames. "-" is standard output. Refuses to replace a file unless
// `force`.
void write_output(const std::string& path, const std::string& text, bool force);

// Standard output; throws Failure when it cannot be written (a full disk, a closed pipe).
void print(const std::string& text);

}  // namespace touchstone::cli
