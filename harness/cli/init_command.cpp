#include "harness/cli/commands.h"

namespace touchstone::cli {
int init(const InitOptions&) { throw Failure(64, "not yet"); }
}  // namespace touchstone::cli
