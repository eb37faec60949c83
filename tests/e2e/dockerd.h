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
  // `prepare`: shell commands that make the file system that the engine sees, in a mount namespace
  // of its own; empty: it sees this machine's.
  explicit Dockerd(std::string folder, std::string prepare = "")
      : dir_(std::move(folder)), prepare_(std::move(prepare)) {
    client_ = shell("command -v docker").out;
    client_.erase(client_.find_last_not_of('\n') + 1);
    if (::geteuid() == 0 && !client_.empty() && std::filesystem::exists("/usr/sbin/dockerd"))
      start();
  }
  ~Dockerd() {
    if (!daemon_) return;
    if (answers_) docker("ps -aq | while read -r id; do " + client() + " rm -f $id; done");
    // Not the one that was started first where somebody has restarted it.
    const pid_t now = std::atoi(slurp(dir_ + "/pid").c_str());
    if (now > 0) ::kill(now, SIGTERM);
    daemon_->stop();
    while (now > 0 && ::kill(now, 0) == 0)
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
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
  // A shell command that does what `systemctl restart docker` would.
  std::string restart() const {
    return "p=$(cat " + dir_ + "/pid); kill -TERM $p; while kill -0 $p 2>/dev/null; do " + kReaped +
           " sleep 0.1; done; setsid sh " + dir_ + "/launch >>" + dir_ +
           "/log 2>&1 </dev/null & n=0; until [ $n -gt 600 ] || " + client() +
           " version >/dev/null 2>&1; do n=$((n + 1)); sleep 0.1; done";
  }

 private:
  void start() {
    std::filesystem::create_directories(dir_);
    write_launch();
    daemon_ = std::make_unique<Daemon>(std::vector<std::string>{"/bin/sh", dir_ + "/launch"},
                                       dir_ + "/log");
    answers_ = daemon_->wait_until([this] { return docker("version >/dev/null").code == 0; });
  }

  void write_launch() const {
    const std::string engine =
        "exec /usr/sbin/dockerd --iptables=false --ip6tables=false "
        "--bridge=none --storage-driver=vfs --data-root=" +
        dir_ + "/data --exec-root=" + dir_ + "/exec --pidfile=" + dir_ + "/pid -H unix://" + dir_ +
        "/socket\n";
    std::ofstream(dir_ + "/inside") << "set -e\n" << prepare_ << "\n" << engine;
    // A simulated host that restarts it has fewer programs.
    std::ofstream(dir_ + "/launch")
        << "PATH=/usr/sbin:/usr/bin:/sbin:/bin; export PATH\n"
        << (prepare_.empty() ? engine
                             : "exec unshare -m --propagation private sh " + dir_ + "/inside\n");
  }

  // Its parent may be a test that does not look at its children now.
  static constexpr const char* kReaped =
      "case $(cut -d' ' -f3 /proc/$p/stat 2>/dev/null) in Z) break ;; esac;";

  std::string dir_, prepare_, client_;
  std::unique_ptr<Daemon> daemon_;
  bool answers_ = false;
};

}  // namespace touchstone
