#pragma once

#include "harness/transport/transport.h"

// One line a transport; each has a file of its own.
namespace touchstone {

std::unique_ptr<Transport> make_ssh(const TransportContext& context);
std::unique_ptr<Transport> make_exec(const TransportContext& context);
std::unique_ptr<Transport> make_local(const TransportContext& context);

}  // namespace touchstone
