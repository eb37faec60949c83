#pragma once

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include <unistd.h>

#include "harness/collect/collector.h"

namespace touchstone {

// A folder with fake tools, and an inventory whose hosts are shells with these tools first in PATH.
class FakeSite {
 public:
  explicit FakeSite(std::string shell = "sh") : shell_(std::move(shell)) {
    std::string name = (std::filesystem::temp_directory_path() / "touchstone-test-XXXXXX").string();
    root_ = ::mkdtemp(name.data());
    std::filesystem::create_directories(root_ + "/bin");
    std::filesystem::create_directories(root_ + "/tmp");
    inventory_.groups.push_back({.name = "group-1"});
  }
  ~FakeSite() { std::filesystem::remove_all(root_); }

  void tool(const std::string& name, const std::string& script) {
    std::ofstream(root_ + "/bin/" + name) << "#!/bin/sh\n" << script << "\n";
    std::filesystem::permissions(root_ + "/bin/" + name, std::filesystem::perms::owner_all);
  }

  // `login`: what the way to the host does before the shell, as sh; "$@" is the shell's own words.
  Host& host(const std::string& name, const std::string& login = "exec \"$@\"",
             const std::string& path = "/usr/bin:/bin") {
    const std::string enter = root_ + "/enter-" + name;
    std::ofstream(enter) << "#!/bin/sh\nPATH=" << root_ << "/bin:" << path << " TMPDIR=" << root_
                         << "/tmp; export PATH TMPDIR\n"
                         << "[ \"$1\" = sh ] && { shift; set -- " << shell_ << " \"$@\"; }\n"
                         << login << "\n";
    std::filesystem::permissions(enter, std::filesystem::perms::owner_all);
    Host host{.name = name, .address = name, .service_address = name};
    host.access = {.transport = "exec", .command = {enter}, .time_limit = 20};
    host.npus = 2;
    inventory_.groups[0].hosts.push_back(host);
    return inventory_.groups[0].hosts.back();
  }

  std::vector<Visit> visit(const Batch& batch, const CollectOptions& options = {}) const {
    std::vector<std::string> names;
    for (const Host& host : inventory_.groups[0].hosts) names.push_back(host.name);
    return collect(inventory_, names, batch, options);
  }

  const Inventory& inventory() const { return inventory_; }
  const std::string& root() const { return root_; }

  // Whether, after a moment, neither files nor processes are left of what was started here.
  bool left_nothing(double seconds = 3) const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
    while (std::chrono::steady_clock::now() < end) {
      if (std::filesystem::is_empty(root_ + "/tmp") && processes().empty()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return false;
  }

  // The command lines of all processes that have this site's folder in their environment.
  std::vector<std::string> processes() const {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
      const std::string path = entry.path().string();
      if (path.find_first_not_of("0123456789", 6) != std::string::npos) continue;
      if (text_of(path + "/environ").find("TMPDIR=" + root_) != std::string::npos)
        found.push_back(text_of(path + "/cmdline"));
    }
    return found;
  }

 private:
  static std::string text_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  std::string shell_, root_;
  Inventory inventory_;
};

inline Question ask_host(std::string key, std::vector<std::string> argv, double seconds = 5) {
  Question question;
  question.key = std::move(key);
  question.argv = std::move(argv);
  question.seconds = seconds;
  return question;
}

inline Question ask_npu(std::string key, std::vector<std::string> argv, double seconds = 5) {
  Question question = ask_host(std::move(key), std::move(argv), seconds);
  question.where = Where::kNpu;
  return question;
}

}  // namespace touchstone
