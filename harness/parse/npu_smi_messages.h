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

// A word for the health of an NPU out of those that the tool has.
bool is_health_word(std::string_view word);
inline const Text kHealthForm{"健康状态 OK、Warning、Alarm、Critical 或 UNKNOWN",
                              "a health of OK, Warning, Alarm, Critical or UNKNOWN"};

}  // namespace touchstone
