#pragma once

#include <filesystem>
#include <map>
#include <string>

#include <stdlib.h>

#include "harness/model/run_record.h"

namespace touchstone::history_test {

inline constexpr double kFirstNight = 1767225600;  // 2026-01-01T00:00:00Z
inline double night(std::size_t n) {
  return kFirstNight + 86400.0 * static_cast<double>(n);
}

// Faults by "step target", a sign a night: . pass, x fail, ? error, w waived, b blocked, f flaky,
// and nothing at all where there is a blank.
using Faults = std::map<std::string, std::string>;

inline RunRecord run_of(std::size_t number, const Faults& faults, const std::string& cluster) {
  RunRecord record{.tool_version = "0.1.0", .cluster = cluster, .profile = "p"};
  record.complete = true;
  record.started = night(number);
  record.finished = night(number) + 60;
  record.steps = {{.id = "2.1.1"}, {.id = "3.1.3"}, {.id = "3.1.8"}};
  for (std::size_t step = 0; step < record.steps.size(); ++step)
    for (const char* host : {"node-01", "node-02"})
      for (int npu = step == 0 ? -1 : 0; npu < (step == 0 ? 0 : 8); ++npu) {
        StepResult result{
            .step = step, .target = {"group-1", host, npu}, .verdict = Verdict::kPass};
        const auto at = faults.find(record.steps[step].id + " " + result.target.str());
        const char sign = at == faults.end() ? '.' : at->second.at(number);
        if (sign == ' ') continue;
        result.verdict = sign == 'x'   ? Verdict::kFail
                         : sign == '?' ? Verdict::kError
                         : sign == 'w' ? Verdict::kWaived
                         : sign == 'b' ? Verdict::kBlocked
                                       : Verdict::kPass;
        result.flaky = sign == 'f';
        record.results.push_back(std::move(result));
      }
  return record;
}

// A folder that is gone at the end.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "touchstone-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace touchstone::history_test
