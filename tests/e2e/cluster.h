#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "harness/model/run_record.h"
#include "reports/json.h"
#include "tests/places.h"

namespace touchstone {

struct Ran {
  int code = -1;
  std::string out;  // both streams
};

// Throws std::out_of_range.
inline const StepResult& result_of(const RunRecord& record, const std::string& id,
                                   const std::string& target) {
  for (const StepResult& result : record.results)
    if (record.steps[result.step].id == id && result.target.str() == target) return result;
  throw std::out_of_range("no result of " + id + " on " + target);
}

// Runs a shell command to its end. What the tests put in has no need of quoting: folders they made,
// names of faults.
inline Ran shell(const std::string& command) {
  Ran ran;
  std::FILE* pipe = ::popen(("{ " + command + "; } 2>&1 </dev/null").c_str(), "r");
  char buffer[4096];
  while (std::size_t n = std::fread(buffer, 1, sizeof buffer, pipe)) ran.out.append(buffer, n);
  const int status = ::pclose(pipe);
  ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return ran;
}

inline std::string slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

inline const std::string kTouchstone = build_dir() + "/bin/touchstone";
inline const std::string kSim = build_dir() + "/bin/touchstone-sim";

// A network of the loopback, 127.A.B, that no other cluster of this test or of those beside it is
// likely to have.
inline std::string next_network() {
  static unsigned count = 0;
  const unsigned number = (static_cast<unsigned>(::getpid()) * 40503U + count++) % (126 * 250);
  return "127." + std::to_string(1 + number / 250) + "." + std::to_string(number % 250);
}

// A simulated cluster in a folder and a network of its own, taken down at the end.
class Cluster {
 public:
  explicit Cluster(int hosts = 2, const std::string& options = "") {
    std::string name = (std::filesystem::temp_directory_path() / "touchstone-e2e-XXXXXX").string();
    root_ = ::mkdtemp(name.data());
    Ran up;
    // Once more where somebody else has the very addresses.
    for (int tries = 0; tries < 3; ++tries) {
      network_ = next_network();
      up = shell(kSim + " up " + dir() + " --hosts " + std::to_string(hosts) + " --network " +
                 network_ + " " + options);
      if (up.out.find("already in use") == std::string::npos) break;
    }
    EXPECT_EQ(up.code, 0) << up.out;
  }
  ~Cluster() {
    shell(kSim + " down " + dir());
    std::filesystem::remove_all(root_);
  }

  void fault(const std::string& fault) {
    const Ran ran = shell(kSim + " fault " + dir() + " '" + fault + "'");
    EXPECT_EQ(ran.code, 0) << ran.out;
  }

  // Replaces the first occurrence in the inventory.
  void edit_inventory(const std::string& from, const std::string& to) {
    std::string text = slurp(inventory());
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    std::ofstream(inventory(), std::ios::binary) << text.replace(at, from.size(), to);
  }

  // `touchstone run`; the record is read from the report.
  RunRecord run(const std::string& options = "", int* code = nullptr, std::string* out = nullptr) {
    const std::string folder = root_ + "/report" + std::to_string(++runs_);
    // A recording has its own inventory.
    const bool replays = options.find("--replay ") != std::string::npos;
    const Ran ran = shell(kTouchstone + " run " + (replays ? "" : "-i " + inventory()) +
                          " --second-look 0 --out " + folder + " " + options);
    if (code) *code = ran.code;
    if (out) *out = ran.out;
    if (!std::filesystem::exists(folder + "/run.json")) {
      ADD_FAILURE() << "no report, exit code " << ran.code << ": " << ran.out;
      return {};
    }
    last_report_ = folder;
    return run_from_json(slurp(folder + "/run.json"));
  }

  const std::string& network() const { return network_; }  // "127.A.B"
  std::string root() const { return root_; }
  std::string dir() const { return root_ + "/cluster"; }
  std::string inventory() const { return dir() + "/cluster.yaml"; }
  const std::string& last_report() const { return last_report_; }

 private:
  std::string root_, network_, last_report_;
  int runs_ = 0;
};

}  // namespace touchstone
