#pragma once

#include <chrono>
#include <csignal>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace touchstone {

// A program that stays in the foreground while the test needs it: in a session of its own, with
// what it says in a file. It is stopped by its own process id; it does not outlive the test either.
class Daemon {
 public:
  Daemon(const std::vector<std::string>& argv, const std::string& log) {
    pid_ = ::fork();
    if (pid_ == 0) become(argv, log);
  }
  ~Daemon() { stop(); }
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  void stop() {
    if (!alive()) return;
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }

  bool alive() {
    if (pid_ > 0 && ::waitpid(pid_, nullptr, WNOHANG) != 0) pid_ = -1;
    return pid_ > 0;
  }

  // Whether `ready` comes true while it lives. A busy machine takes its time.
  bool wait_until(const std::function<bool()>& ready) {
    for (int i = 0; i < 1200 && alive(); ++i) {
      if (ready()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
  }

 private:
  [[noreturn]] static void become(const std::vector<std::string>& argv, const std::string& log) {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    ::setsid();
    const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(::open("/dev/null", O_RDONLY), 0);
    ::dup2(out, 1);
    ::dup2(out, 2);
    std::vector<char*> words;
    for (const std::string& word : argv) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    ::execvp(words[0], words.data());
    ::_exit(127);
  }

  pid_t pid_ = -1;
};

// A port of the loopback that nobody has.
inline int free_port() {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in any{};
  any.sin_family = AF_INET;
  any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof any;
  int port = 0;
  if (::bind(fd, reinterpret_cast<sockaddr*>(&any), size) == 0 &&
      ::getsockname(fd, reinterpret_cast<sockaddr*>(&any), &size) == 0)
    port = ntohs(any.sin_port);
  ::close(fd);
  return port;
}

}  // namespace touchstone
