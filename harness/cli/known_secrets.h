#pragma once

#include <string>

#include "harness/config/local_files.h"
#include "harness/model/inventory.h"

namespace touchstone::cli {

// load_inventory, for whoever takes in what its hosts say. To the secrets that it names come those
// that are known here and that a host may repeat in a log or a message: the tokens of endpoints,
// and passwords among the words of the commands that lead to hosts. A token that cannot be read is
// told by who needs it.
Inventory load_inventory_to_ask(const std::string& path,
                                LocalFiles local_files = LocalFiles::kMayBeMissing);

}  // namespace touchstone::cli
