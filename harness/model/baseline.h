#pragma once

#include <string>
#include <vector>

namespace touchstone {

// Something that is not as it was in another run of the cluster.
struct Moved {
  std::string what;  // "driver", "address", "switch_port", "3.1.8"; what nobody knew is empty
  std::string from, to;
  std::vector<std::string> targets;  // "node-01/npu3"; empty: of the cluster
  bool operator==(const Moved&) const = default;
};

// The run that this one is compared with, as after handover. Empty where there is none.
struct Baseline {
  std::string cluster;
  double started = 0;  // Unix seconds; 0: there is no baseline
  std::vector<Moved> moved;
  bool operator==(const Baseline&) const = default;
};

}  // namespace touchstone
