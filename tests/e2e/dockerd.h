#pragma once

#include <chrono>
#include <csignal>
#include <string>
#include <thread>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/e2e/cluster.h"

namespace touchstone {

// A real Docker engine in a folder of its own: no network, its own socket, images as plain copies.
// Nothing of an engine that runs on this machine is touched. It is stopped by its own process id.
class Dockerd {
 public:
  explicit Dockerd(std::string folder) : dir_(std::move(folder)) {
    client_ = shell("command -v docker").out;
    client_.erase(client_.find_last_not_of('\n') + 1);
    if (::geteuid() == 0 && !client_.empty() && std::filesystem::exists("/usr/sbin/dockerd"))
      start();
  }
  ~Dockerd() {
    if (pid_ <= 0) return;
    if (answers_) docker("ps -aq | while read -r id; do " + client() + " rm -f $id; done");
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
    // What the engine left mounted, the deepest first.
    shell("grep -o ' " + dir_ +
          "/[^ ]*' /proc/self/mounts | sort -r | while read -r m; do umount \"$m\"; done");
  }
  Dockerd(const Dockerd&) = delete;
  Dockerd& operator=(const Dockerd&) = delete;

  bool answers() const { return answers_; }
  std::string log() const { return slurp(dir_ + "/log"); }
  std::string client() const { return client_ + " -H unix://" + dir_ + "/socket"; }
  Ran docker(const std::string& arguments) const { return shell(client() + " " + arguments); }

 private:
  void start() {
    std::filesystem::create_directories(dir_);
    pid_ = ::fork();
    if (pid_ == 0) become();
    // A busy machine takes its time.
    for (int i = 0; i < 600 && !answers_; ++i) {
      if (::waitpid(pid_, nullptr, WNOHANG) != 0) {
        pid_ = -1;
        return;
      }
      answers_ = docker("version >/dev/null").code == 0;
      if (!answers_) std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  }

  [[noreturn]] void become() const {
    ::setsid();
    const int log = ::open((dir_ + "/log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(log, 1);
    ::dup2(log, 2);
    const std::string data = "--data-root=" + dir_ + "/data",
                      exec = "--exec-root=" + dir_ + "/exec", pid = "--pidfile=" + dir_ + "/pid",
                      socket = "unix://" + dir_ + "/socket";
    ::execl("/usr/sbin/dockerd", "dockerd", "--iptables=false", "--ip6tables=false",
            "--bridge=none", "--storage-driver=vfs", data.c_str(), exec.c_str(), pid.c_str(), "-H",
            socket.c_str(), nullptr);
    ::_exit(127);
  }

  std::string dir_, client_;
  pid_t pid_ = -1;
  bool answers_ = false;
};

}  // namespace touchstone
