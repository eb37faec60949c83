#include <fmt/format.h>

#include "harness/transport/transports.h"

namespace touchstone {
namespace {

// Any command that brings its standard streams to a host: `kubectl exec -i`, `docker exec -i`, a simulator.
class Exec : public Transport {
 public:
  std::vector<std::string> shell(const Host& host) const override {
    std::vector<std::string> argv = host.access.command;
    for (const std::string& word : shell_words(host)) argv.push_back(word);
    return argv;
  }

  std::string explain(const Host& host, int exit_code, std::string_view) const override {
    const std::string program = host.access.command.empty() ? "" : host.access.command.front();
    if (exit_code == 127) return fmt::format("`{}` was not found; is it installed, and right in the inventory's `command`?", program);
    if (exit_code == 126) return fmt::format("`{}` may not be run", program);
    return "";
  }
};

}  // namespace

std::unique_ptr<Transport> make_exec(const TransportContext&) { return std::make_unique<Exec>(); }

}  // namespace touchstone
