#pragma once

#include <string>
#include <string_view>

#include "harness/model/parsed.h"

namespace touchstone {

// Of MindIE's conf/config.json only what tells how to reach its endpoints (guide 6.2 and 6.4). What
// is not there has the service's own default.
struct EndpointConfig {
  int port = 1025;
  std::string management_address = "127.0.0.2";
  int management_port = 1026;
  bool https = true;
  std::string model_name;  // of the first model; empty: none is named
  bool operator==(const EndpointConfig&) const = default;
};
Parsed<EndpointConfig> parse_endpoint_config(std::string_view out, std::string_view err);

}  // namespace touchstone
