#pragma once

#include <string_view>

namespace touchstone {

// The file suites/document.yaml, put into the program when it is built (see CMakeLists.txt here).
std::string_view embedded_document();

}  // namespace touchstone
