#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

#include "harness/model/inventory.h"
#include "harness/model/later.h"
#include "harness/remedy/script.h"

namespace touchstone {

struct RanHere {
  int code = -1;
  std::string out;
};

// Runs argv with its output in a file, in a shell of the test's choice.
inline RanHere run_here(std::vector<std::string> argv, const std::string& path_first,
                        const std::filesystem::path& out, long file_limit = 0) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::freopen(out.c_str(), "w", stdout);
    ::dup2(1, 2);
    ::setenv("PATH", (path_first + ":/usr/sbin:/usr/bin:/sbin:/bin").c_str(), 1);
    if (file_limit > 0)
      argv = {"sh",
              "-c",
              "ulimit -f " + std::to_string(file_limit) + "; trap '' XFSZ; exec \"$@\"",
              "sh",
              argv[0],
              argv[1],
              argv[2],
              argv[3],
              argv.size() > 4 ? argv[4] : ""};
    std::vector<char*> words;
    for (std::string& word : argv) words.push_back(word.data());
    words.push_back(nullptr);
    ::execvp(words[0], words.data());
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  std::ifstream in(out);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, {std::istreambuf_iterator<char>(in), {}}};
}

// Hosts that are folders: what would run on them runs here, below their sysroots. `docker exec -i
// NAME` runs its command as it is.
class LocalHosts {
 public:
  explicit LocalHosts(const std::vector<std::string>& names, std::string shell = "sh")
      : shell_(std::move(shell)) {
    std::string name = (std::filesystem::temp_directory_path() / "touchstone-fix-XXXXXX").string();
    root_ = ::mkdtemp(name.data());
    std::filesystem::create_directories(root_ / "bin");
    write(root_ / "bin/docker",
          "#!/bin/sh\n[ \"$1 $2\" = 'exec -i' ] || exit 9\nshift 3\nexec \"$@\"\n");
    ::chmod((root_ / "bin/docker").c_str(), 0755);
    inventory_.cluster = "here";
    inventory_.groups.push_back({.name = "group-1"});
    for (const std::string& host : names) {
      std::filesystem::create_directories(root_ / host / "etc");
      inventory_.groups[0].hosts.push_back(
          {.name = host, .address = host, .sysroot = (root_ / host).string(), .container = "box"});
    }
  }
  ~LocalHosts() { std::filesystem::remove_all(root_); }

  const Inventory& inventory() const { return inventory_; }
  const Host& host(const std::string& name) const { return *inventory_.find(name); }
  std::filesystem::path path(const std::string& host, const std::string& file) const {
    return root_ / host / file;
  }

  HostAnswer run(std::vector<std::string> argv, long file_limit = 0) const {
    if (shell_ == "busybox") {
      argv[0] = "busybox";
      argv.insert(argv.begin() + 1, "sh");
    } else {
      argv[0] = shell_;
    }
    return answer_of(run_here(argv, (root_ / "bin").string(), root_ / "out", file_limit).out);
  }

  // As apply_plan() asks.
  std::vector<Answer> ask(const Turn& turn) {
    std::vector<Answer> answers;
    for (const FollowUp& one : turn) {
      asked.push_back(one.host + " " + one.question.key);
      if (lost == one.host + " " + one.question.key)
        answers.push_back({.end = Answer::End::kLost, .err = "the line is dead"});
      else
        answers.push_back(
            {.out = run_here(one.question.argv, (root_ / "bin").string(), root_ / "out").out});
    }
    return answers;
  }

  static void write(const std::filesystem::path& file, const std::string& text) {
    std::ofstream(file) << text;
  }
  static std::string read(const std::filesystem::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  std::vector<std::string> asked;  // "node-01 fix-3"
  std::string lost;                // this one is not answered, and not run

 private:
  std::filesystem::path root_;
  std::string shell_;
  Inventory inventory_;
};

inline const FixRun kTestRun{"20261126-000000-00000001", "tester@here"};

inline NumberedChange file_change(const LocalHosts& hosts, const std::string& host, int id,
                                  const std::string& file, std::optional<std::string> was,
                                  const std::string& content) {
  return {.id = id,
          .steps = {"3.2.1"},
          .change = {.host = host,
                     .subject = file,
                     .what = {"写 " + file, "write " + file},
                     .file = FileChange{.path = hosts.path(host, file).string(),
                                        .content = content,
                                        .was = std::move(was)}}};
}

// Moves a file from one name to another; the state is the names that are there.
inline NumberedChange command_change(const LocalHosts& hosts, const std::string& host, int id,
                                     std::vector<HostCommand> commands, const std::string& was,
                                     const std::string& becomes = "") {
  return {.id = id,
          .steps = {"2.2.2"},
          .change = {.host = host,
                     .subject = "commands " + std::to_string(id),
                     .stage = Stage::kDockerService,
                     .what = {"改动", "change"},
                     .reads = {"ls", hosts.path(host, "etc").string()},
                     .was = was,
                     .becomes = becomes,
                     .commands = std::move(commands)}};
}

}  // namespace touchstone
