#pragma once

#include <string>

namespace touchstone {

// Known to one small file only: were they in the compiler's arguments of all tests, a clone in
// another folder would have nothing from ccache.
std::string source_dir();
std::string build_dir();

}  // namespace touchstone
