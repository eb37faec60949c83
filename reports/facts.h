#pragma once

#include <string>

#include "harness/model/text.h"

namespace touchstone {

// The key of a fact of a host or an NPU as a reader sees it: "switch_port" is "交换机端口", and
// "config.json ServerConfig.port" itself. In English the key says it.
std::string word_for_fact(const std::string& key, Language language);

}  // namespace touchstone
