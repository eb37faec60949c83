#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harness/model/inventory.h"
#include "harness/model/run_record.h"
#include "harness/model/said_error.h"
#include "harness/model/step.h"

namespace touchstone {

// What the user asked for; empty lists: everything.
struct Selection {
  std::vector<std::string> steps;     // ids: "3.1.8"
  std::vector<std::string> chapters;  // ids or their beginnings: "3", "3.1"
  std::vector<std::string> hosts;     // names or patterns ("node-[01-04]", "node-*")
  bool repairs = false;               // what remedies need to know is asked, too

  bool all() const { return steps.empty() && chapters.empty() && hosts.empty(); }
  std::string str() const;  // as options
};

// A selection that names something that is not there: wrong usage.
class SelectionError : public SaidError {
 public:
  using SaidError::SaidError;
};

// A step and its targets, in the order of the document and the inventory.
struct PlannedStep {
  const Step* step = nullptr;
  std::size_t chapter = 0;
  bool reported = true;  // false: judged only because a selected step stands on it
  bool selected = true;  // false: a comparison that a selection of hosts leaves out
  std::vector<Target> targets;
};

struct Plan {
  std::vector<PlannedStep> steps;
  std::vector<const Later*> later;          // by phase
  std::vector<std::string> hosts;           // to be visited
  bool repairs = false;                     // as in Selection
  std::vector<Question> questions() const;  // of all steps to be judged, each key once
};

// Throws SelectionError when the selection names an unknown step, chapter or host, or leaves
// nothing.
Plan make_plan(const std::vector<Chapter>& chapters, const Inventory& inventory,
               const Selection& selection);

}  // namespace touchstone
