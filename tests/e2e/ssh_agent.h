#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/e2e/daemon.h"

namespace touchstone {

// An ssh-agent of the test's own. SSH_AUTH_SOCK leads what the test starts to it, until it is ended
// by its process id.
class SshAgent {
 public:
  explicit SshAgent(const std::string& socket)
      : daemon_({"ssh-agent", "-D", "-a", socket}, socket + ".log") {
    daemon_.wait_until([&] { return std::filesystem::exists(socket); });
    ::setenv("SSH_AUTH_SOCK", socket.c_str(), 1);
  }
  ~SshAgent() { ::unsetenv("SSH_AUTH_SOCK"); }
  SshAgent(const SshAgent&) = delete;
  SshAgent& operator=(const SshAgent&) = delete;

 private:
  Daemon daemon_;
};

}  // namespace touchstone
