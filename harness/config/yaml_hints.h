#pragma once

#include <string>

#include "harness/config/source_text.h"

namespace touchstone {

// What people get wrong in YAML, told so that they know what to change.

// YAML allows no tabs there, and editors hide them.
void refuse_tabs_in_indentation(const SourceText& source);

// The parser's complaint about a line (from 1) in words that name the usual cause, where one is
// seen.
Text why_not_yaml(const std::string& complaint, const SourceText& source, std::size_t line);

}  // namespace touchstone
