#pragma once

#include <compare>
#include <string>

namespace touchstone {

// What a verdict is about. Exactly one form: an NPU (host and npu), a host, a group, or the whole
// cluster.
struct Target {
  std::string group;  // empty for the whole cluster
  std::string host;   // empty for a group or the cluster
  int npu = -1;       // -1: not about one NPU
  bool operator==(const Target&) const = default;
  auto operator<=>(const Target&) const =
      default;  // NOLINT(modernize-use-nullptr): clang-tidy 14 errs

  std::string str() const;  // "node-01/npu3", "node-01", "group group-1", "cluster"
};

}  // namespace touchstone
