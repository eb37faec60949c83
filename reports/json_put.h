#pragma once

#include <cmath>
#include <string>

#include <nlohmann/json.hpp>

#include "harness/model/base64.h"
#include "harness/model/text.h"
#include "harness/model/utf8.h"

namespace touchstone {

// A string whose bytes are no UTF-8 has them beside it, under its key with _b64 at the end.
inline void put(nlohmann::ordered_json& json, const std::string& key, const std::string& value) {
  json[key] = value;  // the dump replaces what is no UTF-8
  if (!is_utf8(value)) json[key + "_b64"] = to_base64(value);
}

inline void put_some(nlohmann::ordered_json& json, const std::string& key,
                     const std::string& value) {
  if (!value.empty()) put(json, key, value);
}

inline void put(nlohmann::ordered_json& json, const std::string& key, double value) {
  json[key] = std::isfinite(value) ? value : 0.0;
}

inline void put_some(nlohmann::ordered_json& json, const std::string& key, const Text& text) {
  if (text.empty()) return;
  nlohmann::ordered_json both = nlohmann::ordered_json::object();
  put(both, "en", text.en);
  put(both, "zh", text.zh);
  json[key] = std::move(both);
}

}  // namespace touchstone
