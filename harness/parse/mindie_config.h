#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/parse/json_text.h"

namespace touchstone {

// conf/config.json of MindIE (guide 6.2). Kept as the text and its tree: findings point into it.
struct MindieConfig {
  std::string text;
  JsonNode root;

  struct Place {
    std::string path;                  // "BackendConfig.ModelDeployConfig.ModelConfig[0].worldSize"
    const JsonNode* key_in = nullptr;  // the object that has the key
    const JsonNode* value = nullptr;
  };
  // Where the service reads this key: a path with dots (every element of a list on the way is
  // looked into), or the bare key of a parameter of the guide. Any other bare key: wherever it is.
  std::vector<Place> read_at(std::string_view key) const;
  // Wherever a key of that name stands.
  std::vector<Place> all_of(std::string_view key) const;
};

// "ServerConfig.port" for "port"; what is no parameter of the guide stays as it is.
std::string config_path_of(std::string_view key);

// Refuses what is not strict JSON (with line and column) and a JSON text that has neither
// ServerConfig nor BackendConfig. Missing file: kNotSet.
Parsed<MindieConfig> parse_mindie_config(std::string_view out, std::string_view err);

// A line of a text and a caret under a column, as compilers print them:
//     12 |         "port" : 1120,
//        |                  ^
std::string excerpt_of(std::string_view text, TextPosition at);

}  // namespace touchstone
