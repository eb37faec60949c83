#include <array>

#include <fmt/format.h>

#include "harness/transport/transports.h"

namespace touchstone {
namespace {

// ssh's own exit code; anything else is that of the command.
constexpr int kSshItself = 255;

struct Meaning {
  std::string_view said;
  std::string_view advice;
};
// The first that fits counts, so what explains the others stands first.
constexpr std::array kMeanings = {
    Meaning{"REMOTE HOST IDENTIFICATION HAS CHANGED",
            "the host shows another key than before: if it was installed anew, `ssh-keygen -R` its "
            "name and log in once by hand; else find out who answers there"},
    Meaning{
        "Host key verification failed",
        "the host's key is unknown: log in once by hand and compare it, or add it to known_hosts"},
    Meaning{"Too many authentication failures",
            "the agent offers too many keys: name one by `identity`, with IdentitiesOnly in "
            "~/.ssh/config"},
    Meaning{"UNPROTECTED PRIVATE KEY FILE",
            "others may read the identity file, so ssh does not use it: chmod 600"},
    Meaning{"Permission denied",
            "no key was accepted: check `user` and `identity` in the inventory and that the agent "
            "has the key; passwords are never asked for"},
    Meaning{"Connection refused",
            "nothing listens there: is sshd running, are address and port right?"},
    Meaning{"timed out", "no answer: is the host up, and does a firewall let us through?"},
    Meaning{"Could not resolve hostname", "the name is unknown: check `address` in the inventory"},
    Meaning{"No route to host", "no route: check the network and the address"},
    Meaning{"Network is unreachable", "no route: check the network and the address"},
    Meaning{"kex_exchange_identification",
            "sshd hung up before the login: see its log on the host (MaxStartups, fail2ban, "
            "hosts.deny)"},
    Meaning{"Connection closed by",
            "sshd hung up during the login: see its log on the host (AllowUsers, MaxStartups)"},
    Meaning{"Connection reset by",
            "sshd hung up during the login: see its log on the host (AllowUsers, MaxStartups)"},
    Meaning{"Bad configuration option",
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

  std::string explain(const Host& host, int exit_code, std::string_view error) const override {
    if (exit_code < 0) return "ssh itself is missing on this machine: install openssh-client";
    if (exit_code != kSshItself) return explain_sudo(host, error);
    for (const Meaning& meaning : kMeanings)
      if (error.find(meaning.said) != std::string_view::npos) return std::string(meaning.advice);
    return "ssh could not connect; `ssh -v " + host.address + "` tells more";
  }

 private:
  TransportContext context_;
};

}  // namespace

std::unique_ptr<Transport> make_ssh(const TransportContext& context) {
  return std::make_unique<Ssh>(context);
}

}  // namespace touchstone
