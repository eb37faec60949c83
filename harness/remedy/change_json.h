#pragma once

#include <nlohmann/json.hpp>

#include "harness/remedy/plan.h"

// The JSON of changes and plans, as plan.json and the journal have it. For the .cpp files of this
// room: the header is heavy.
namespace touchstone {

nlohmann::ordered_json to_json(const NumberedChange& numbered);
nlohmann::ordered_json to_json(const FixPlan& plan);
// Both throw PlanError.
NumberedChange change_from(const nlohmann::ordered_json& json);
FixPlan plan_from(const nlohmann::ordered_json& json);

}  // namespace touchstone
