#pragma once

#include <string>

namespace touchstone {

// daemon.json with the Ascend runtime added to what is there (guide 2.2.2, instruction 13); all
// other bytes stay. Throws NoEvidence where the text is no strict JSON object, which is to be
// corrected by hand.
std::string with_ascend_runtime(const std::string& text, bool as_default);

// What `docker info --format '{{json .}}'` tells of the runtime, as remedies compare it: what
// `grep -o '"ascend":{[^}]*}\|"DefaultRuntime":"[^"]*"' | sort` makes of it on the host.
std::string runtimes_told(const std::string& info);

}  // namespace touchstone
