#pragma once

#include <algorithm>
#include <chrono>
#include <csignal>
#include <string>
#include <thread>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/e2e/cluster.h"

namespace touchstone {

// Something to repair on each of two hosts.
inline constexpr const char* kFaultsOfTwoHosts[] = {"tls-on@node-01/2", "netdetect-unset@node-02/1",
                                                    "rank-table-mode@node-01",
                                                    "rank-table-differs@node-02"};

// `touchstone run --fix` in the background, with its words in a file.
class InBackground {
 public:
  InBackground(const Cluster& cluster, const std::string& name, const std::string& options)
      : out_(cluster.root() + "/" + name + ".out"), folder_(cluster.root() + "/" + name) {
    pid_ = ::fork();
    if (pid_ == 0) {
      const std::string command = "exec " + kTouchstone + " run -i " + cluster.inventory() +
                                  " --second-look 0 --yes --out " + folder_ + " " + options + " >" +
                                  out_ + " 2>&1 </dev/null";
      ::execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
      ::_exit(127);
    }
  }
  ~InBackground() {
    if (pid_ > 0) kill();
  }
  std::string journal() const { return folder_ + "/journal.jsonl"; }
  std::string out() const { return slurp(out_); }
  // Waits until the journal has that many lines; false: it has ended before.
  bool journal_has(long lines) {
    while (true) {
      const std::string text = slurp(journal());
      if (std::count(text.begin(), text.end(), '\n') >= lines) return true;
      if (::waitpid(pid_, &status_, WNOHANG) == pid_) {
        pid_ = -1;
        return false;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  }
  // SIGSTOP: it holds what it holds until SIGCONT.
  void signal(int number) const { ::kill(pid_, number); }
  // From now on none of its files grows beyond `bytes`, as on a full disk. SIGXFSZ must be ignored.
  void let_files_grow_to(rlim_t bytes) const {
    const rlimit limit{bytes, RLIM_INFINITY};
    ASSERT_EQ(::prlimit(pid_, RLIMIT_FSIZE, &limit, nullptr), 0);
  }
  void kill() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, &status_, 0);
    pid_ = -1;
  }
  int wait() {
    if (pid_ > 0) ::waitpid(pid_, &status_, 0);
    pid_ = -1;
    return WIFEXITED(status_) ? WEXITSTATUS(status_) : -1;
  }

 private:
  std::string out_, folder_;
  pid_t pid_ = -1;
  int status_ = 0;
};

}  // namespace touchstone
