#pragma once

#include <string>

#include "harness/model/said_error.h"
#include "harness/remedy/plan.h"

namespace touchstone {

// plan.json (docs/plan.schema.json): what a person may read, keep, and have applied later as it is.
std::string plan_json(const FixPlan& plan);

// What is wrong with it, in words for people.
class PlanError : public SaidError {
 public:
  using SaidError::SaidError;
};
FixPlan read_plan_json(const std::string& text);  // throws PlanError

}  // namespace touchstone
