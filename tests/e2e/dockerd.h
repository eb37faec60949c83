#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include <unistd.h>

#include "tests/e2e/cluster.h"
#include "tests/e2e/daemon.h"

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
    if (!daemon_) return;
    if (answers_) docker("ps -aq | while read -r id; do " + client() + " rm -f $id; done");
    daemon_->stop();
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
    daemon_ = std::make_unique<Daemon>(
        std::vector<std::string>{"/usr/sbin/dockerd", "--iptables=false", "--ip6tables=false",
                                 "--bridge=none", "--storage-driver=vfs",
                                 "--data-root=" + dir_ + "/data", "--exec-root=" + dir_ + "/exec",
                                 "--pidfile=" + dir_ + "/pid", "-H", "unix://" + dir_ + "/socket"},
        dir_ + "/log");
    answers_ = daemon_->wait_until([this] { return docker("version >/dev/null").code == 0; });
  }

  std::string dir_, client_;
  std::unique_ptr<Daemon> daemon_;
  bool answers_ = false;
};

}  // namespace touchstone
