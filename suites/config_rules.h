#pragma once

#include "harness/model/evidence.h"

// What sections 6.1 and 6.2 expect; 06_2_service_config.cpp says which step each belongs to.
namespace touchstone {

void expect_container_ip_inside(const Evidence& host);
void expect_strict_config(const Evidence& host);
void expect_parameters(const Evidence& host);
void expect_fitting_parameters(const Evidence& host);
void expect_same_config(const Evidence& group);

}  // namespace touchstone
