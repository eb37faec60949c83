#pragma once

#include <string_view>
#include <vector>

#include "harness/model/parsed.h"
#include "harness/parse/lines.h"

namespace touchstone {

// The lines of an answer of npu-smi, or the reason why there are none: nothing printed, a dcmi
// error with its code, a message of the shell, rows left out.
Parsed<std::vector<Line>> npu_smi_lines(std::string_view out, std::string_view err,
                                        std::string_view command);

}  // namespace touchstone
