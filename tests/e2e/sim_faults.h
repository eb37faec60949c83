#pragma once

#include <ostream>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/e2e/cluster.h"

namespace touchstone {

// A fault that the simulation can make, as it says itself.
struct SimFault {
  std::string name, step;  // which finds it
  std::string target;      // "npu", "host", "group", "cluster"
  std::set<std::string> also_fails;
};

inline void PrintTo(const SimFault& fault, std::ostream* out) {
  *out << fault.name;
}

inline std::vector<SimFault> sim_faults() {
  std::vector<SimFault> faults;
  for (const auto& one : nlohmann::json::parse(shell(kSim + " faults --json").out))
    faults.push_back({one.at("name"), one.at("step"), one.at("target"),
                      one.at("also_fails").get<std::set<std::string>>()});
  return faults;
}

}  // namespace touchstone
