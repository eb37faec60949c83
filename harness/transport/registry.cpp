#include <functional>
#include <map>

#include "harness/transport/transport.h"
#include "harness/transport/transports.h"

namespace touchstone {

std::unique_ptr<Transport> make_transport(const std::string& name, const TransportContext& context) {
  static const std::map<std::string, std::function<std::unique_ptr<Transport>(const TransportContext&)>> kAll{
      {"ssh", make_ssh},
      {"exec", make_exec},
      {"local", make_local},
  };
  auto at = kAll.find(name);
  return at == kAll.end() ? nullptr : at->second(context);
}

std::vector<std::string> shell_words(const Host& host) {
  if (host.access.sudo) return {"sudo", "-n", "sh", "-s"};
  return {"sh", "-s"};
}

}  // namespace touchstone
