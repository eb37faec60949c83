#pragma once

#include <string>

#include "harness/model/text.h"

namespace touchstone {

// The key of a fact of a host or an NPU as a reader sees it: "switch_port" is "交换机端口", and
// "config.json ServerConfig.port" itself. In English the key says it.
std::string word_for_fact(const std::string& key, Language language);

// A measurement or one of its values: "first_token" is "first token", "首 token 时间".
std::string word_for_measured(const std::string& key, Language language);

}  // namespace touchstone
