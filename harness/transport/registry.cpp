#include <functional>
#include <map>

#include "harness/transport/transport.h"
#include "harness/transport/transports.h"

namespace touchstone {
namespace {

using Maker = std::function<std::unique_ptr<Transport>(const TransportContext&)>;

const std::map<std::string, Maker>& all() {
  static const std::map<std::string, Maker> kAll{
      {"ssh", make_ssh},
      {"exec", make_exec},
      {"local", make_local},
  };
  return kAll;
}

}  // namespace

std::unique_ptr<Transport> make_transport(const std::string& name,
                                          const TransportContext& context) {
  auto at = all().find(name);
  return at == all().end() ? nullptr : at->second(context);
}

std::string transport_names() {
  std::string names;
  for (const auto& [name, make] : all()) names += (names.empty() ? "" : ", ") + name;
  return names;
}

std::vector<std::string> shell_words(const Host& host) {
  if (host.access.sudo) return {"sudo", "-n", "sh", "-s"};
  return {"sh", "-s"};
}

Text explain_sudo(const Host& host, std::string_view error) {
  if (!host.access.sudo || error.find("sudo") == std::string_view::npos) return {};
  return {
      "sudo -n 被拒绝:请允许该用户免密码 sudo 执行 sh,或以 root 登录,或设置 `sudo: false`",
      "sudo -n was refused: allow this user `sh` by sudo without a password, log in as root, or "
      "set `sudo: false`"};
}

}  // namespace touchstone
