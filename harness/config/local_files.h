#pragma once

namespace touchstone {

// What we need to reach the hosts may be missing where they are not asked: the inventory is listed
// or printed as a script at another desk.
enum class LocalFiles { kMayBeMissing, kAreNeeded };

}  // namespace touchstone
