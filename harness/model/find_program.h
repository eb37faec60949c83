#pragma once

#include <string>

namespace touchstone {

// The path of a program that may be run, as execvp looks for it; empty: not found.
std::string find_program(const std::string& name);

}  // namespace touchstone
