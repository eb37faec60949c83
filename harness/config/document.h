#pragma once

#include <string>
#include <string_view>

#include "harness/config/config_error.h"
#include "harness/model/document.h"
#include "harness/model/profile.h"

namespace touchstone {

// suites/document.yaml, which is part of the program.
Document guide();
// The same for one profile: what is said of another model, of other weights, or of the other way to
// start the container does not apply.
Document guide(const Profile& profile);

// Throws ConfigError with all mistakes: unknown keys, an entry with neither steps nor a reason (or
// with both), a sentence that lacks one of the languages, ids that are none.
Document parse_document(std::string_view text, const std::string& file_name);

}  // namespace touchstone
