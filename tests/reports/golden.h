#pragma once

#include <string>

namespace touchstone {

// Compares with tests/golden/reports/NAME; with TOUCHSTONE_UPDATE_GOLDEN=1 writes it instead.
void expect_golden(const std::string& name, const std::string& text);

}  // namespace touchstone
