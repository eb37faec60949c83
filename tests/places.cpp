#include "tests/places.h"

namespace touchstone {

std::string source_dir() {
  return TOUCHSTONE_SOURCE_DIR;
}

std::string build_dir() {
  return TOUCHSTONE_BINARY_DIR;
}

}  // namespace touchstone
