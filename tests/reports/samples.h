#pragma once

#include <cstddef>

#include "harness/model/run_record.h"

namespace touchstone::samples {

Mesh whole_mesh(std::size_t hosts, bool rails);
Mesh broken_mesh();   // two hosts: one NPU loses all, one some, one is left out, one pair is silent
RunRecord healthy();  // two hosts, nothing wrong
RunRecord
mixed();  // four hosts in two groups: failures, errors, blocked, an unreachable host; simulated
RunRecord partial();  // a run that was stopped after its first host
RunRecord
repaired();  // of --fix: changes with every kind of outcome, a step that it broke; simulated
RunRecord hostile();  // everything a host can say that a report must survive
RunRecord many(std::size_t hosts, std::size_t more_steps =
                                      0);  // some hosts faulty; `more_steps` of each scope, healthy

}  // namespace touchstone::samples
