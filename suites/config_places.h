#pragma once

#include <string>

#include "harness/parse/mindie_config.h"

// How findings of chapter 6.2 name a place of config.json.
namespace touchstone {

// A value as it is written, without blanks outside of texts.
inline std::string compact(const MindieConfig& config, const JsonNode& node) {
  std::string text;
  bool quoted = false;
  for (std::size_t i = node.begin; i < node.end && i < config.text.size(); ++i) {
    const char c = config.text[i];
    if (c == '"' && (i == node.begin || config.text[i - 1] != '\\')) quoted = !quoted;
    if (quoted || (c != ' ' && c != '\t' && c != '\n' && c != '\r')) text += c;
  }
  return text;
}

inline std::string last_key(const std::string& path) {
  return path.substr(path.rfind('.') + 1);
}

// `config.json:12:18: "port": 1120`
inline std::string shown(const MindieConfig& config, const MindieConfig::Place& place) {
  return "config.json:" + std::to_string(place.value->position.line) + ":" +
         std::to_string(place.value->position.column) + ": \"" + last_key(place.path) +
         "\": " + compact(config, *place.value);
}

}  // namespace touchstone
