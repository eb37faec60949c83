#pragma once

#include <string>
#include <vector>

#include "harness/model/said_error.h"

namespace touchstone {

// One thing that is wrong in a configuration file.
struct Mistake {
  std::string file;
  int line = 0;     // from 1; 0: of the file as a whole
  int column = 0;   // from 1, in characters
  std::string key;  // "groups[0].hosts[2].port"; empty: of no key
  Text message;     // what is wrong; what would be right
  bool operator==(const Mistake&) const = default;

  Text str() const;  // "cluster.yaml:12:9: groups[0].hosts[2].port: …"
};

// A configuration that cannot be used, with everything that is wrong in it: one fix a run would
// make somebody run us ten times. what() is a line a mistake, in English.
class ConfigError : public SaidError {
 public:
  explicit ConfigError(std::vector<Mistake> all);
  std::vector<Mistake> mistakes;
};

}  // namespace touchstone
