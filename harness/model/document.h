#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/model/text.h"

namespace touchstone {

// One instruction of the guide and what became of it here. Either `steps` or `reason` is there.
struct Instruction {
  Text what;                       // in our words
  std::vector<std::string> about;  // the guide's commands, options, values and paths
  std::vector<std::string> steps;  // ids of the steps that assert it
  Text reason;                     // why none can
  // Values that the profile must have for it to be meant: "weights" → "bf16". Empty: always.
  std::map<std::string, std::string> only;
  bool applies = true;  // whether the profile of this run has them
  bool operator==(const Instruction&) const = default;
};

struct DocumentSection {
  std::string id;  // the guide's: "3.1"
  Text title;
  std::vector<Instruction> instructions;  // in the guide's order; numbered from 1
  bool operator==(const DocumentSection&) const = default;
};

// The guide, as a table of what it asks for.
using Document = std::vector<DocumentSection>;

}  // namespace touchstone
