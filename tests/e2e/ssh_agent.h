#pragma once

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

namespace touchstone {

// An ssh-agent of the test's own. SSH_AUTH_SOCK leads what the test starts to it, until it is ended
// by its process id.
class SshAgent {
 public:
  explicit SshAgent(std::string socket) : socket_(std::move(socket)) {
    pid_ = ::fork();
    if (pid_ == 0) {
      if (!std::freopen("/dev/null", "w", stdout))
        ::_exit(127);  // it prints what a shell would eval
      ::execlp("ssh-agent", "ssh-agent", "-D", "-a", socket_.c_str(), static_cast<char*>(nullptr));
      ::_exit(127);
    }
    for (int i = 0; i < 200 && !std::filesystem::exists(socket_); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    ::setenv("SSH_AUTH_SOCK", socket_.c_str(), 1);
  }
  ~SshAgent() {
    ::unsetenv("SSH_AUTH_SOCK");
    if (pid_ <= 0) return;
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
  }
  SshAgent(const SshAgent&) = delete;
  SshAgent& operator=(const SshAgent&) = delete;

 private:
  std::string socket_;
  pid_t pid_ = -1;
};

}  // namespace touchstone
