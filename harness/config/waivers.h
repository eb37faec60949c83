#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/config/config_error.h"
#include "harness/model/waiver.h"

namespace touchstone {

// waivers.yaml, as docs/waivers.schema.json describes it. Throws ConfigError with all mistakes.
std::vector<Waiver> load_waivers(const std::string& path);
std::vector<Waiver> parse_waivers(std::string_view text, const std::string& file_name);

// The keys of the file and of one waiver, for the test that compares them with the schema.
std::vector<std::string_view> waiver_file_keys();
std::vector<std::string_view> waiver_keys();

}  // namespace touchstone
