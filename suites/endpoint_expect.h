#pragma once

#include "harness/model/evidence.h"

// What the answers of the master's endpoints must be, for a group.
namespace touchstone {

void expect_tgi(const Evidence& group);                // 6.4.1
void expect_chat(const Evidence& group);               // 6.4.2
void expect_streams(const Evidence& group);            // 6.4.3
void expect_health_and_errors(const Evidence& group);  // 6.4.4
void expect_the_same_answer(const Evidence& group);    // 6.4.5
void expect_performance(const Evidence& group);        // 6.4.6

}  // namespace touchstone
