#pragma once

#include <optional>

namespace touchstone {

// One of several answers that stand in one text: the guide's loops print eight answers one below
// the other.
template <class T>
struct OfDevice {
  std::optional<int> device;  // where the text tells it: a command line above the answer,
                              // `dev_id:3`, `device 3 PING`
  T value;
};

}  // namespace touchstone
