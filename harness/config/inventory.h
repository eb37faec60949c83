#pragma once

#include <string>
#include <string_view>

#include "harness/config/config_error.h"
#include "harness/config/local_files.h"
#include "harness/model/inventory.h"

namespace touchstone {

// The inventory of docs/inventory.md, with patterns written out, defaults filled in, its profile
// and the site's values applied. Throws ConfigError with all that is wrong in it.
Inventory load_inventory(const std::string& path,
                         LocalFiles local_files = LocalFiles::kMayBeMissing);

// The same of a text; relative paths in it (profile, identity) begin at the folder of `file_name`.
Inventory parse_inventory(std::string_view text, const std::string& file_name,
                          LocalFiles local_files = LocalFiles::kMayBeMissing);

}  // namespace touchstone
