#include "tests/e2e/fix_rows.h"

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <stdexcept>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>

#include "tests/e2e/both_languages.h"
#include "tests/e2e/whole_state.h"

namespace touchstone {
namespace {

using testing::Contains;
using testing::HasSubstr;

// Of chapter 3.1 all that --fix sets, without the pings of all by all.
constexpr const char* kSettingsOfNpus = "--step 3.1.5,3.1.6,3.1.7,3.1.8,3.1.9,3.1.10,3.1.11,3.1.12";

std::string without(const std::string& state, const std::vector<FixRow>& rows) {
  std::string patterns;
  for (const FixRow& row : rows)
    if (*row.differs) patterns += (patterns.empty() ? "" : "|") + std::string(row.differs);
  if (patterns.empty()) return state;
  const std::regex differs(patterns);
  std::string text;
  for (const std::string& line : lines_of(state))
    if (!std::regex_search(line, differs)) text += line + "\n";
  return text;
}

std::string selection_of(const std::vector<FixRow>& rows) {
  std::set<std::string> words;
  for (const FixRow& row : rows)
    if (*row.selection)
      words.insert(row.selection);
    else if (rows.size() == 1)  // a remedy asks itself what it needs
      words.insert(fmt::format("--step {}", fmt::join(row.fixed, ",")));
    else
      for (const std::string& step : row.fixed)
        words.insert(step.starts_with("3.1.") ? kSettingsOfNpus
                                              : "--chapter " + step.substr(0, step.rfind('.')));
  std::string text;
  for (const std::string& word : words) text += " " + word;
  return text;
}

std::string risk_of(const std::vector<FixRow>& rows) {
  std::string most = "safe";
  for (const char* risk : {"service", "disruptive"})
    for (const FixRow& row : rows)
      if (std::string(row.risk) == risk) most = risk;
  return most;
}

class RepairedAndTakenBack {
 public:
  RepairedAndTakenBack(Cluster& cluster, const std::vector<std::string>& faults,
                       const std::string& more)
      : cluster_(cluster), more_(" " + more), inventory_(slurp(cluster.inventory())) {
    for (const std::string& fault : faults) {
      const std::size_t name = std::min(fault.find('@'), fault.size());
      rows_.push_back(fix_row(fault.substr(0, name)));
      cluster.fault(fault);
      if (*rows_.back().with) cluster.fault(rows_.back().with + fault.substr(name));
    }
    before_ = whole_state(cluster);
  }

  void run() {
    repair();
    again();
    take_back();
    const Ran heal = shell(kSim + " heal " + cluster_.dir());
    EXPECT_EQ(heal.code, 0) << heal.out;
    std::ofstream(cluster_.inventory()) << inventory_;  // it was made anew, too
  }

 private:
  bool any(bool FixRow::*what) const {
    return std::any_of(rows_.begin(), rows_.end(), [&](const FixRow& row) { return row.*what; });
  }
  bool all_taken_back() const {
    return std::all_of(rows_.begin(), rows_.end(),
                       [](const FixRow& row) { return row.taken_back; });
  }
  RunRecord fix(int& code) {
    return cluster_.run("--yes --fix=" + risk_of(rows_) + selection_of(rows_) + more_, &code,
                        &out_);
  }

  void repair() {
    int code = -1;
    const RunRecord record = fix(code);
    report_ = cluster_.last_report();
    expect_both_languages(record);
    const bool later = any(&FixRow::until_reboot);
    const auto shown = with_verdict(record, later ? Verdict::kFail : Verdict::kFixed);
    for (const FixRow& row : rows_)
      for (const std::string& step : row.fixed) EXPECT_THAT(shown, Contains(step)) << out_;
    EXPECT_EQ(code, later ? 1 : 0) << out_;
    EXPECT_TRUE(std::any_of(record.repairs.begin(), record.repairs.end(), [](const Repair& repair) {
      return repair.outcome == "done";
    })) << out_;
    if (later) {
      EXPECT_THAT(out_, HasSubstr("reboot"));
      for (const char* host : {"node-01", "node-02"})
        EXPECT_EQ(shell(kSim + " reboot " + cluster_.dir() + " " + host).code, 0);
    }
  }

  // Not even the lock is asked for.
  void again() {
    repaired_ = whole_state(cluster_);
    const std::string own = own_folders(cluster_);
    int code = -1;
    const RunRecord record = fix(code);
    EXPECT_EQ(code, 0) << out_;
    EXPECT_THAT(with_verdict(record, Verdict::kFixed), testing::IsEmpty()) << out_;
    EXPECT_FALSE(std::filesystem::exists(cluster_.last_report() + "/journal.jsonl")) << out_;
    EXPECT_EQ(own_folders(cluster_), own) << "a host was asked to change something";
    EXPECT_EQ(state_difference(repaired_, whole_state(cluster_)), "");
  }

  void take_back() {
    const Ran undo = shell(kTouchstone + " undo " + report_ + " --yes" + more_);
    if (all_taken_back()) {
      EXPECT_EQ(undo.code, 0) << undo.out;
      EXPECT_EQ(state_difference(without(before_, rows_), without(whole_state(cluster_), rows_)),
                "")
          << undo.out;
    } else {
      EXPECT_EQ(undo.code, 1) << undo.out;
      EXPECT_THAT(undo.out, testing::ContainsRegex("(cannot|could not) be taken back"));
      EXPECT_THAT(undo.out, testing::Not(HasSubstr("half_done"))) << undo.out;
    }
  }

  Cluster& cluster_;
  const std::string more_, inventory_;
  std::vector<FixRow> rows_;
  std::string before_, repaired_, report_, out_;
};

}  // namespace

std::vector<std::string> with_verdict(const RunRecord& record, Verdict verdict) {
  std::vector<std::string> steps;
  for (const StepResult& result : record.results)
    if (result.verdict == verdict) steps.push_back(record.steps[result.step].id);
  return steps;
}

const FixRow& fix_row(const std::string& fault) {
  for (const FixGroup& group : fix_groups())
    for (const FixRow& row : group.rows)
      if (fault == row.fault) return row;
  throw std::out_of_range("no row of the fault " + fault);
}

void name_file(Cluster& cluster, const std::string& key) {
  static const std::map<std::string, std::string> kPaths{
      {"image_archive", "/data/images/mindie_2.0.T3.tar"},
      {"driver_package", "/data/packages/Ascend-hdk-910b-npu-driver_24.1.rc3_linux-aarch64.run"},
      {"firmware_package", "/data/packages/Ascend-hdk-910b-npu-firmware_7.5.0.1.129.run"},
      {"docker_archive", "/data/packages/docker-28.0.4.tgz"},
      {"docker_runtime_package", "/data/packages/Ascend-docker-runtime_6.0.0_linux-aarch64.run"}};
  const std::string& path = kPaths.at(key);
  const std::string sum = shell("sha256sum <" + cluster.dir() + "/hosts/node-01/root" + path +
                                " | cut -d' ' -f1 | tr -d '\\n'")
                              .out;
  cluster.edit_inventory("site:\n",
                         "site:\n  " + key + ": " + path + "\n  " + key + "_sha256: " + sum + "\n");
}

void repair_and_take_back(Cluster& cluster, const std::vector<std::string>& faults,
                          const std::string& more) {
  std::string all;
  for (const std::string& fault : faults) all += fault + " ";
  SCOPED_TRACE(all);
  RepairedAndTakenBack(cluster, faults, more).run();
}

}  // namespace touchstone
