#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/evaluate/plan.h"
#include "harness/model/run_record.h"
#include "harness/model/visit.h"

namespace touchstone {

// What of a run is worth asking again: the questions of steps that failed or could not be told, of
// the hosts that they are about; of a comparison, of all hosts; of a host that did not answer,
// everything. Nothing when there is no such step. What is asked in a later round (pings, requests
// to the service, collectives, contents of weights) is never asked again: it loads or changes what
// it asks.
std::optional<Plan> plan_to_recheck(const std::vector<Chapter>& chapters,
                                    const Inventory& inventory, const Plan& plan,
                                    const RunRecord& record);

// Newer answers take the place of older ones; a question that was not answered this time keeps the
// answer it had, since a failure that was seen outweighs a silence.
void take_over(std::vector<Visit>& visits, const std::vector<Visit>& newer);

// A pass that was `fail` or `error` at an earlier look is flaky, and keeps what was found then.
void mark_flaky(const RunRecord& earlier, RunRecord& record);

}  // namespace touchstone
