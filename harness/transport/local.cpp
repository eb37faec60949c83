#include "harness/transport/transports.h"

namespace touchstone {
namespace {

// The machine on which we run.
class Local : public Transport {
 public:
  std::vector<std::string> shell(const Host& host) const override { return shell_words(host); }
  Text explain(const Host& host, int, std::string_view error) const override {
    return explain_sudo(host, error);
  }
};

}  // namespace

std::unique_ptr<Transport> make_local(const TransportContext&) {
  return std::make_unique<Local>();
}

}  // namespace touchstone
