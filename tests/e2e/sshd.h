#pragma once

#include <fstream>
#include <map>
#include <memory>
#include <regex>
#include <sstream>
#include <string>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/e2e/cluster.h"
#include "tests/e2e/daemon.h"

namespace touchstone {

// A real sshd on the addresses of the hosts, all of one port: whoever connects to a host's address
// lands in that host of the simulated cluster. One address more, jump(), lets nobody in but passes
// connections on, as a jump host does. Keys, configuration and known hosts are in the
// cluster's folder; nothing of the user's is read or changed. It is stopped by its own process id.
class Sshd {
 public:
  Sshd(const Cluster& cluster, int hosts)
      : root_(cluster.root() + "/ssh"), dir_(cluster.dir()), network_(cluster.network()) {
    shell("mkdir -p -m 700 " + root_ + " && ssh-keygen -q -t ed25519 -N '' -f " + root_ +
          "/host && ssh-keygen -q -t ed25519 -N '' -f " + root_ + "/user && cp " + root_ +
          "/user.pub " + root_ + "/authorized");
    if (::geteuid() == 0) shell("mkdir -p -m 755 /run/sshd");
    port_ = free_port();
    write_config(hosts);
    start();
  }
  bool runs() const { return reachable_; }
  std::string log() const { return slurp(log_path()); }
  std::string client_config() const { return root_ + "/client"; }
  std::string root() const { return root_; }
  std::string host(int number) const { return network_ + "." + std::to_string(10 + number); }
  std::string jump() const { return network_ + ".200"; }

  // How often somebody logged in at that address. Both lines of sshd's log name the client's port,
  // only the first one the address that was called.
  int logins_at(const std::string& address) const {
    std::map<std::string, std::string> called;  // by the client's port
    std::istringstream lines(log());
    int count = 0;
    static const std::regex connection(R"(^Connection from \S+ port (\d+) on (\S+) port)"),
        accepted(R"(^Accepted publickey for \S+ from \S+ port (\d+) )");
    for (std::string line; std::getline(lines, line);) {
      std::smatch found;
      if (std::regex_search(line, found, connection)) called[found[1]] = found[2];
      if (std::regex_search(line, found, accepted) && called[found[1]] == address) ++count;
    }
    return count;
  }

  // Another configuration of the client: that of client_config() with `more` before it, since the
  // first value of an option counts.
  std::string config_with(const std::string& more) const {
    std::string path = root_ + "/client-of-a-kind";
    std::ofstream(path) << more << slurp(client_config());
    return path;
  }

 private:
  std::string log_path() const { return root_ + "/log"; }
  void write_config(int hosts) {
    std::ofstream server(root_ + "/server"), client(root_ + "/client");
    const std::string port = std::to_string(port_);
    for (int i = 0; i < hosts; ++i)
      server << "ListenAddress " << network_ << "." << 11 + i << ":" << port << "\n";
    server << "ListenAddress " << jump() << ":" << port << "\nLogLevel VERBOSE\n";
    server << "HostKey " << root_ << "/host\nAuthorizedKeysFile " << root_
           << "/authorized\nPidFile none\nStrictModes no\n"
           << "PasswordAuthentication no\nKbdInteractiveAuthentication no\nUsePAM no\nMaxStartups "
              "200\nMaxSessions 100\n"
           << "PermitRootLogin prohibit-password\n";
    for (int i = 0; i < hosts; ++i) {
      const std::string name = "node-" + std::string(i < 9 ? "0" : "") + std::to_string(i + 1);
      // A banner on every host: it must not matter.
      server << "Match LocalAddress " << network_ << "." << 11 + i
             << "\n  ForceCommand echo 'Authorized uses only.'; exec " << dir_ << "/hosts/" << name
             << "/enter $SSH_ORIGINAL_COMMAND\n";
    }
    server << "Match LocalAddress " << jump() << "\n  ForceCommand /bin/false\n";
    client << "Host *\n  Port " << port << "\n  IdentityFile " << root_
           << "/user\n  IdentitiesOnly yes\n  UserKnownHostsFile " << root_
           << "/known\n  StrictHostKeyChecking accept-new\n  LogLevel ERROR\n";
  }

  void start() {
    daemon_ = std::make_unique<Daemon>(
        std::vector<std::string>{"/usr/sbin/sshd", "-D", "-f", root_ + "/server", "-E", log_path()},
        log_path());
    reachable_ = daemon_->wait_until([this] {
      const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
      sockaddr_in to{};
      to.sin_family = AF_INET;
      to.sin_port = htons(static_cast<unsigned short>(port_));
      ::inet_pton(AF_INET, (network_ + ".11").c_str(), &to.sin_addr);
      const bool connected = ::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
      ::close(fd);
      return connected;
    });
  }

  std::string root_, dir_, network_;
  int port_ = 0;
  std::unique_ptr<Daemon> daemon_;
  bool reachable_ = false;
};

}  // namespace touchstone
