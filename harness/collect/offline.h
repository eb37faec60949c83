#pragma once

#include <string>
#include <string_view>

#include "harness/collect/batch.h"
#include "harness/model/visit.h"

namespace touchstone {

// The collection script for sites without a network path: one file for all hosts, run by hand as
// `sh touchstone-collect.sh HOST >HOST.touchstone`. Its frames have a nonce of their own, told in
// the first line of what it prints.
std::string offline_script(const Inventory& inventory, const Batch& batch);

// Whether this is the beginning of what the script printed: banners may stand before it.
bool begins_answers(std::string_view text);

// What the script printed on one host, as a visit; throws RecordingError when it is no such file,
// or of a host that the inventory does not have. Its clock is not compared: nobody saw when it was
// read.
Visit import_answers(const Inventory& inventory, const Batch& batch, std::string_view text);

}  // namespace touchstone
