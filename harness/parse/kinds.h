#pragma once

#include <span>
#include <string>
#include <string_view>

#include "harness/model/parsed.h"

namespace touchstone {

// What `touchstone parse KIND` knows; docs/parse.md describes each.
struct ParseKind {
  std::string_view name;         // "hccn-link"
  std::string_view command;      // whose output it reads
  std::string_view description;  // a few words for `parse --list`
  Parsed<std::string> (*to_json)(
      std::string_view text);  // indented; an array where the text has several devices
};

std::span<const ParseKind> parse_kinds();  // those of hccn_tool first

// The text of a paste (both streams in one) as indented JSON, valid UTF-8 always; or the reason for
// refusing it.
Parsed<std::string> parse_to_json(std::string_view kind, std::string_view text);

}  // namespace touchstone
