#include "tests/e2e/fix_rows.h"

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <stdexcept>

#include <gmock/gmock.h>

#include "tests/e2e/whole_state.h"

namespace touchstone {
namespace {

using testing::Contains;
using testing::HasSubstr;

constexpr const char* kNoService = "--no-service";
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
    const bool later = any(&FixRow::until_reboot);
    const auto shown = with_verdict(record, later ? Verdict::kFail : Verdict::kFixed);
    for (const FixRow& row : rows_)
      for (const std::string& step : row.fixed) EXPECT_THAT(shown, Contains(step)) << out_;
    EXPECT_EQ(code, later ? 1 : 0) << out_;
    EXPECT_NE(whole_state(cluster_), before_);
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
      {"firmware_package", "/data/packages/Ascend-hdk-910b-npu-firmware_7.5.0.1.129.run"}};
  const std::string path = kPaths.at(key);
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

const std::vector<FixGroup>& fix_groups() {
  static const std::vector<FixGroup> kGroups{
      // The tool writes its file with every setting, so one that contradicted it stays corrected.
      {"Tls",
       kNoService,
       {},
       {{"tls-on", {"3.1.8"}},
        {"tls-differs", {"3.1.9"}},
        {.fault = "tls-drift", .fixed = {"3.1.8"}, .differs = "hccn.conf"}}},
      {"Netdetect",
       kNoService,
       {},
       {{"netdetect-unset", {"3.1.6"}}, {"netdetect-wrong-segment", {"3.1.6"}}}},
      // hccn_tool has no command that unsets a gateway, and refuses one in another segment.
      {"Gateway",
       kNoService,
       {},
       {{.fault = "gateway-wrong-segment",
         .fixed = {"3.1.7"},
         .risk = "service",
         .taken_back = false},
        {.fault = "gateway-missing", .fixed = {"3.1.7"}, .risk = "service", .taken_back = false}}},
      // Nor has it one that unsets an address.
      {"Address",
       kNoService,
       {},
       {{"ip-not-planned", {"3.1.10"}, "service"},
        {.fault = "ip-unset", .fixed = {"3.1.10"}, .risk = "service", .taken_back = false}}},
      // One that was lost leaves a container bound to the lost one: that is disruptive.
      {"HccnConf", kNoService, {}, {{"hccn-conf-drift", {"3.1.12"}, "service"}}},
      {"RankTable",
       kNoService,
       {},
       {{"rank-table-missing", {"3.2.1"}},
        {"rank-table-comments", {"3.2.2"}},
        {"rank-table-initializing", {"3.2.2"}},
        {"rank-table-version", {"3.2.2"}},
        {"server-count-number", {"3.2.2"}},
        {"server-count-wrong", {"3.2.2"}},
        {"rank-table-differs", {"3.2.3"}},
        {"rank-table-extra-server", {"3.2.4"}}}},
      {"RankTableContent",
       kNoService,
       {},
       {{"container-ip-missing", {"3.2.5"}},
        {"rank-zero-elsewhere", {"3.2.7"}},
        {"rank-id-gap", {"3.2.7"}},
        {"device-id-duplicate", {"3.2.7"}},
        {"device-ip-duplicate", {"3.2.7"}},
        {"device-ip-stale", {"3.2.8"}},
        {"rank-table-mode", {"3.2.9"}},
        {"rank-table-owner", {"3.2.9"}}}},
      // A restart of Docker ends containers that have no policy to come back; that one is started
      // again is a change of its own, taken back before.
      {"Docker",
       kNoService,
       {},
       {{"runc-owner", {"2.2.4"}},
        {"mainpid-lost", {"2.2.5"}},
        {"docker-disabled", {"2.2.2"}, "service"},
        // Nor does it leave them running when it is stopped, as the fault does.
        {.fault = "docker-engine-down",
         .fixed = {"2.2.2"},
         .risk = "service",
         .differs = "container.(status|ran)"},
        {.fault = "runtime-unregistered",
         .fixed = {"2.2.3"},
         .risk = "disruptive",
         .differs = "container.status",
         .selection = "--step 2.2.3 --step 4.2.1"}}},
      // A new container comes with a new ~/.bashrc and config.json: chapters 4.3 and 6.2 are
      // theirs.
      {"Container",
       kNoService,
       {},
       {{"container-stopped", {"4.2.1"}, "service"},
        // The simulated one left its files.
        {.fault = "container-missing",
         .fixed = {"4.2.1"},
         .risk = "service",
         .differs = "/container[ /]|:container\\."},
        {"container-other-image", {"4.1.3"}, "disruptive"},
        {"container-shm-small", {"4.2.2"}, "disruptive"},
        {"container-device-missing", {"4.2.3"}, "disruptive"},
        {"container-node-missing", {"4.2.4"}, "disruptive"}}},
      // Docker keeps an image of which there is a container; so the container is to be made, too.
      {"Image",
       kNoService,
       {"image_archive"},
       {{.fault = "image-missing",
         .fixed = {"4.1.1", "4.2.1"},
         .risk = "service",
         .differs = "/container[ /]|:container\\.",
         .with = "container-missing"}}},
      // No package puts back what it has replaced.
      {"Packages",
       kNoService,
       {"driver_package", "firmware_package"},
       {{.fault = "driver-old",
         .fixed = {"2.1.1"},
         .risk = "disruptive",
         .taken_back = false,
         .until_reboot = true},
        {.fault = "firmware-package-old",
         .fixed = {"2.1.2"},
         .risk = "disruptive",
         .taken_back = false,
         .until_reboot = true}}},
      {"Environment",
       kNoService,
       {},
       {{"set-env-not-sourced", {"4.3.1"}},
        {"bashrc-missing", {"4.3.1", "4.3.2", "4.3.3"}},
        {"variable-missing", {"4.3.2", "4.3.4"}},
        {"connect-timeout-differs", {"4.3.4"}},
        {"world-size-twice", {"4.3.3", "4.3.4", "4.3.5"}},
        {"own-address-blank", {"4.3.3", "4.3.5", "4.3.6"}},
        {.fault = "visible-device-typo", .fixed = {"4.3.5"}, .selection = "--step 4.3.5"}}},
      {"EnvironmentOfGroups",
       kNoService,
       {},
       {{"connect-timeout-short", {"4.3.2"}},
        {"world-size-of-one-host", {"4.3.3"}},
        {"rank-table-variable-new", {"4.3.3"}},
        {"log-level-as-in-the-guide", {"4.3.5"}},
        {"own-address-copied", {"4.3.3", "4.3.6"}}}},
      {"Config",
       kNoService,
       {},
       {{"config-mode", {"6.2.1"}},
        {"config-differs", {"6.2.4"}},
        {"config-tls-on", {"6.2.2"}},
        {"config-last-key", {"6.2.2"}},
        {"config-number-as-text", {"6.2.2"}},
        {"config-key-misplaced", {"6.2.2"}},
        {"config-world-size", {"6.2.2", "6.2.3"}}}},
      // Owners of the simulated hosts stand in their state, which whole_state() sees, too.
      {"Weights",
       kNoService,
       {},
       {{.fault = "weights-mode", .fixed = {"6.3.1"}, .selection = "--step 6.3.1"},
        {.fault = "weights-owner", .fixed = {"6.3.1"}, .selection = "--step 6.3.1"},
        {.fault = "rank-table-mode-inside", .fixed = {"6.3.2"}, .selection = "--step 6.3.2"}}},
      // A process that was ended is not brought back: where the service ran before it runs on.
      {"Service",
       "",
       {},
       {{.fault = "daemon-missing", .fixed = {"6.3.3"}, .risk = "service", .taken_back = false},
        {.fault = "daemon-environ", .fixed = {"6.3.3"}, .risk = "service", .taken_back = false},
        {.fault = "worker-lost", .fixed = {"6.3.4"}, .risk = "service", .taken_back = false},
        {.fault = "debug-on", .fixed = {"6.3.5"}, .risk = "service", .taken_back = false},
        {.fault = "daemon-stale", .fixed = {"6.3.7"}, .risk = "service", .taken_back = false}}},
  };
  return kGroups;
}

}  // namespace touchstone
