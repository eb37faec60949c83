#pragma once

#include <string>
#include <vector>

#include "harness/model/inventory.h"
#include "harness/model/later.h"

namespace touchstone {

// The same request, made on a host by a shell with curl, or with bash alone where there is no curl
// (plain http then). What it prints is read by parse_http_exchange. The token is read by the shell
// and handed to curl through a pipe: it stands on no command line.
std::vector<std::string> shell_request(const HttpCall& call, const EndpointAccess& access,
                                       double seconds);

}  // namespace touchstone
