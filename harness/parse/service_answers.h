#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/parsed.h"

namespace touchstone {

// What conf/config.json of MindIE says about addresses and ports; nothing where it does not say.
struct ServicePorts {
  std::optional<std::string> address, management_address;
  std::optional<int> port, management_port, nodes_port;
  bool https = false;
  bool operator==(const ServicePorts&) const = default;
};
Parsed<ServicePorts> parse_service_ports(std::string_view out, std::string_view err);

// An address and port that a shell on a host tried to reach, with curl or with what bash has built
// in:
//
//     to 192.168.0.20:1025
//     by curl         or bash; nobody: it was not tried, since nothing can listen there
//     code 7          exit code; 124 of a bash that waited in vain
//     connected yes   the other side took the connection
//     status 200      of the HTTP answer; 000 or nothing: there was none
//     message …       what the tool says
//     body …          the beginning of what came, one line
struct Knock {
  std::string to, by;
  int code = 0;
  bool connected = false;
  std::optional<int> status;
  std::string message, body;
  bool operator==(const Knock&) const = default;
};
Parsed<Knock> parse_knock(std::string_view out, std::string_view err);

// What the service's log files keep:
//
//     files 2
//     success 1        lines with `Daemon start success!`
//     log 1790000000 success mindie-server_418.log    when it was last written, what it says last
//     of
//                      a start (success, failure: `Failed to init endpoint`, nothing), its name
//     error …          the last lines that tell of a failure, none or some
struct ServiceLog {
  enum class Last { kNothing, kSuccess, kFailure };
  struct File {
    std::int64_t modified = 0;  // seconds since 1970
    Last last = Last::kNothing;
    std::string name;
    bool operator==(const File&) const = default;
  };
  int files = 0, success = 0;
  std::vector<File> logs;
  std::string errors;  // lines with "; " between
  bool operator==(const ServiceLog&) const = default;
};
Parsed<ServiceLog> parse_service_log(std::string_view out, std::string_view err);

}  // namespace touchstone
