#pragma once

#include <string>
#include <vector>

namespace touchstone {

// The names of many targets in few characters: {"node-01", "node-02", "node-07"} →
// "node-[01-02,07]", and
// {"node-01/npu0", "node-01/npu1", "node-02/npu0", "node-02/npu1"} → "node-[01-02]/npu[0-1]". Names
// that fit no such form stand as they are; parts are joined by ", ". Each name is said once.
std::string fold_names(const std::vector<std::string>& names);

}  // namespace touchstone
