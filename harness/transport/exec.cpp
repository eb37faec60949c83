#include "harness/model/said.h"
#include "harness/transport/transports.h"

namespace touchstone {
namespace {

// Any command that brings its standard streams to a host: `kubectl exec -i`, `docker exec -i`, a
// simulator.
class Exec : public Transport {
 public:
  std::vector<std::string> shell(const Host& host) const override {
    std::vector<std::string> argv = host.access.command;
    for (const std::string& word : shell_words(host)) argv.push_back(word);
    return argv;
  }

  Text explain(const Host& host, int exit_code, std::string_view error) const override {
    const std::string program = host.access.command.empty() ? "" : host.access.command.front();
    if (exit_code < 0)
      return {"本机安装了它吗,清单中的 `command` 写对了吗?",
              "is it installed on this machine, and right in the inventory's `command`?"};
    if (exit_code == 127)
      return said("`{}` 报告没有该命令;清单中的 `command` 对吗,其后有 shell 吗?",
                  "`{}` found no such command; is the inventory's `command` right, and is there a "
                  "shell behind it?",
                  program);
    if (exit_code == 126) return said("`{}` 不可执行", "`{}` may not be run", program);
    return explain_sudo(host, error);
  }
};

}  // namespace

std::unique_ptr<Transport> make_exec(const TransportContext&) {
  return std::make_unique<Exec>();
}

}  // namespace touchstone
