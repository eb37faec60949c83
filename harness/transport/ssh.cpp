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
constexpr std::array<Meaning, 8> kMeanings{{
    {"Host key verification failed", "the host's key is unknown or has changed: log in once by hand, or mend known_hosts"},
    {"Permission denied", "no key was accepted: check `user` and `identity` in the inventory and that the agent has the key; passwords are never asked for"},
    {"Connection refused", "nothing listens there: is sshd running, are address and port right?"},
    {"Connection timed out", "no answer: is the host up, and does a firewall let us through?"},
    {"Could not resolve hostname", "the name is unknown: check `address` in the inventory"},
    {"No route to host", "no route: check the network and the address"},
    {"Network is unreachable", "no route: check the network and the address"},
    {"Too many authentication failures", "the agent offers too many keys: name one by `identity`"},
}};

// OpenSSH's client, with the user's ~/.ssh/config, jump hosts and agent. The shell's own connection is the master of a
// ControlMaster: later questions use it as long as the shell's standard input stays open, and nothing is left behind when
// it closes.
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
    option("ControlMaster=yes");
    option("ControlPersist=no");
    option("ControlPath=" + context_.control_dir + "/%C");
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

  std::string explain(const Host&, int exit_code, std::string_view error) const override {
    if (exit_code == 127) return "ssh itself is missing on this machine: install openssh-client";
    if (exit_code != kSshItself) return "";
    for (const Meaning& meaning : kMeanings)
      if (error.find(meaning.said) != std::string_view::npos) return std::string(meaning.advice);
    return "ssh could not connect";
  }

 private:
  TransportContext context_;
};

}  // namespace

std::unique_ptr<Transport> make_ssh(const TransportContext& context) { return std::make_unique<Ssh>(context); }

}  // namespace touchstone
