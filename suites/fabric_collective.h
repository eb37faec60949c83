#pragma once

#include <optional>
#include <vector>

#include "harness/model/evidence.h"
#include "harness/model/later.h"

// Step 3.1.16: the site's own hccl_test, where the site asks for it and nobody uses the NPUs.
namespace touchstone {

std::optional<Text> no_collective_in(const Evidence& group);
void expect_fast_collective(const Evidence& group);
std::vector<Later> collective_questions();

}  // namespace touchstone
