#pragma once

#include <set>
#include <string>

namespace touchstone {

// The known name that was meant by a name that nobody knows: the same letters with underscores
// elsewhere, or one letter too many, too few, another or two exchanged. Empty: none, or it is
// known.
std::string meant_by(const std::string& name, const std::set<std::string>& known);

}  // namespace touchstone
