#include <array>

#include <fmt/format.h>

#include "harness/model/said.h"
#include "harness/transport/transports.h"

namespace touchstone {
namespace {

// ssh's own exit code; anything else is that of the command.
constexpr int kSshItself = 255;

struct Meaning {
  std::string_view said;
  std::string_view zh, en;  // what to do
};
// The first that fits counts, so what explains the others stands first.
constexpr std::array kMeanings = {
    Meaning{"REMOTE HOST IDENTIFICATION HAS CHANGED",
            "主机的密钥与以前不同:若是重装过,请用 `ssh-keygen -R` "
            "删除旧记录并手工登录一次;否则请查明是谁在应答",
            "the host shows another key than before: if it was installed anew, `ssh-keygen -R` its "
            "name and log in once by hand; else find out who answers there"},
    Meaning{
        "Host key verification failed", "主机密钥未知:请手工登录一次并核对,或将其加入 known_hosts",
        "the host's key is unknown: log in once by hand and compare it, or add it to known_hosts"},
    Meaning{
        "Too many authentication failures",
        "agent 提供的密钥太多:请用 `identity` 指定一个,并在 ~/.ssh/config 中设置 IdentitiesOnly",
        "the agent offers too many keys: name one by `identity`, with IdentitiesOnly in "
        "~/.ssh/config"},
    Meaning{"UNPROTECTED PRIVATE KEY FILE", "私钥文件其他人可读,ssh 因此不使用它:请 chmod 600",
            "others may read the identity file, so ssh does not use it: chmod 600"},
    Meaning{
        "Permission denied",
        "没有密钥被接受:请检查清单中的 `user` 与 `identity`,以及 agent 中是否有该密钥;从不询问密码",
        "no key was accepted: check `user` and `identity` in the inventory and that the agent "
        "has the key; passwords are never asked for"},
    Meaning{"Connection refused", "该端口没有服务监听:sshd 在运行吗,地址和端口对吗?",
            "nothing listens there: is sshd running, are address and port right?"},
    Meaning{"timed out", "没有应答:主机开机了吗,防火墙放行了吗?",
            "no answer: is the host up, and does a firewall let us through?"},
    Meaning{"Could not resolve hostname", "主机名无法解析:请检查清单中的 `address`",
            "the name is unknown: check `address` in the inventory"},
    Meaning{"No route to host", "没有路由:请检查网络与地址",
            "no route: check the network and the address"},
    Meaning{"Network is unreachable", "没有路由:请检查网络与地址",
            "no route: check the network and the address"},
    Meaning{"kex_exchange_identification",
            "sshd 在登录之前断开:请看主机上的 sshd 日志(MaxStartups、fail2ban、hosts.deny)",
            "sshd hung up before the login: see its log on the host (MaxStartups, fail2ban, "
            "hosts.deny)"},
    Meaning{"Connection closed by",
            "sshd 在登录过程中断开:请看主机上的 sshd 日志(AllowUsers、MaxStartups)",
            "sshd hung up during the login: see its log on the host (AllowUsers, MaxStartups)"},
    Meaning{"Connection reset by",
            "sshd 在登录过程中断开:请看主机上的 sshd 日志(AllowUsers、MaxStartups)",
            "sshd hung up during the login: see its log on the host (AllowUsers, MaxStartups)"},
    Meaning{"Bad configuration option", "ssh 不接受自己的配置:请修正 ~/.ssh/config",
            "ssh does not take its own configuration: mend ~/.ssh/config"},
};

// OpenSSH's client, with the user's ~/.ssh/config, jump hosts and agent. The shell's own connection
// is the master of a ControlMaster: later questions use it as long as the shell's standard input
// stays open, and nothing is left behind when it closes.
class Ssh : public Transport {
 public:
  explicit Ssh(TransportContext context) : context_(std::move(context)) {}

  std::vector<std::string> shell(const Host& host) const override {
    std::vector<std::string> argv{"ssh", "-T"};
    auto option = [&argv](std::string text) { argv.insert(argv.end(), {"-o", std::move(text)}); };
    if (!context_.ssh_config.empty()) argv.insert(argv.end(), {"-F", context_.ssh_config});
    option("BatchMode=yes");
    option(fmt::format("ConnectTimeout={}", static_cast<int>(context_.connect_seconds)));
    option("ServerAliveInterval=15");
    if (!context_.control_dir.empty()) {
      option("ControlMaster=yes");
      option("ControlPersist=no");
      option("ControlPath=" + context_.control_dir + "/%C");
    }
    option("ForwardAgent=no");
    option("ForwardX11=no");
    const Access& access = host.access;
    if (access.port) argv.insert(argv.end(), {"-p", std::to_string(*access.port)});
    if (!access.user.empty()) argv.insert(argv.end(), {"-l", access.user});
    if (!access.identity.empty()) argv.insert(argv.end(), {"-i", access.identity});
    argv.insert(argv.end(), {"--", host.address});  // an address can never be an option
    for (const std::string& word : shell_words(host)) argv.push_back(word);
    return argv;
  }

  Text explain(const Host& host, int exit_code, std::string_view error) const override {
    if (exit_code < 0)
      return {"本机没有 ssh:请安装 openssh-client",
              "ssh itself is missing on this machine: install openssh-client"};
    if (exit_code != kSshItself) return explain_sudo(host, error);
    for (const Meaning& meaning : kMeanings)
      if (error.find(meaning.said) != std::string_view::npos)
        return {std::string(meaning.zh), std::string(meaning.en)};
    return said("ssh 未能连接;`ssh -v {}` 会说明更多",
                "ssh could not connect; `ssh -v {}` tells more", host.address);
  }

 private:
  TransportContext context_;
};

}  // namespace

std::unique_ptr<Transport> make_ssh(const TransportContext& context) {
  return std::make_unique<Ssh>(context);
}

}  // namespace touchstone
