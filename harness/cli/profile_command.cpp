#include "harness/cli/commands.h"
#include "harness/cli/files.h"
#include "harness/config/profile.h"

namespace touchstone::cli {

int profile(const ProfileOptions& options) {
  if (!options.name.empty()) {
    print(profile_text(options.name));
    return 0;
  }
  for (const std::string& name : profile_names()) print(name + "\n");
  return 0;
}

}  // namespace touchstone::cli
