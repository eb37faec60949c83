#pragma once

#include <string>
#include <string_view>

#include "harness/config/config_error.h"
#include "harness/model/document.h"

namespace touchstone {

// suites/document.yaml (see harness/guide). Throws ConfigError with all mistakes: unknown keys, an
// entry with neither steps nor a reason (or with both), a sentence that lacks one of the languages,
// ids that are none.
Document parse_document(std::string_view text, const std::string& file_name);

}  // namespace touchstone
