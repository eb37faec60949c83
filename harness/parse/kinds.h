#pragma once

#include <span>
#include <string>
#include <string_view>

#include "harness/model/parsed.h"

namespace touchstone {

// What `touchstone parse KIND` knows; docs/parse.md describes each.
struct ParseKind {
  std::string_view name;     // "hccn-link"
  std::string_view command;  // whose output it reads
  struct {
    std::string_view zh, en;
  } description;  // a few words for `parse --list`
  Parsed<std::string> (*to_json)(
      std::string_view text);  // indented; an array where the text has several devices
};

std::span<const ParseKind> parse_kinds();  // those of hccn_tool first

// What it is put together from.
std::span<const ParseKind> hccn_kinds();        // kinds_hccn.cpp
std::span<const ParseKind> host_kinds();        // kinds_host.cpp
std::span<const ParseKind> container_kinds();   // kinds_container.cpp
std::span<const ParseKind> collective_kinds();  // kinds_collective.cpp
std::span<const ParseKind> weights_kinds();     // kinds_weights.cpp
std::span<const ParseKind> config_kinds();      // kinds_config.cpp
std::span<const ParseKind> service_kinds();     // kinds_service.cpp
std::span<const ParseKind> endpoint_kinds();    // kinds_endpoint.cpp

// The text of a paste (both streams in one) as indented JSON, valid UTF-8 always; or the reason for
// refusing it.
Parsed<std::string> parse_to_json(std::string_view kind, std::string_view text);

}  // namespace touchstone
