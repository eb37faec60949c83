#include "reports/metrics.h"

#include <array>
#include <cmath>
#include <initializer_list>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "harness/model/clean.h"

namespace touchstone {
namespace {

constexpr std::array kVerdicts{Verdict::kFail,          Verdict::kError,      Verdict::kBlocked,
                               Verdict::kWaived,        Verdict::kFixed,      Verdict::kPass,
                               Verdict::kNotApplicable, Verdict::kNotSelected};
constexpr std::size_t kLabelValueBytes = 200;

using Labels = std::initializer_list<std::pair<const char*, std::string>>;
using Counts = std::map<Verdict, std::size_t>;

// A label may hold anything but a bare quote, backslash or line end; names of hosts are shortened.
std::string escaped(const std::string& value) {
  std::string text;
  for (char c : harmless_line(cut_to(value, kLabelValueBytes))) {
    if (c == '\\' || c == '"') text += '\\';
    text += c;
  }
  return text;
}

class Metrics {
 public:
  explicit Metrics(const RunRecord& record) : record_(record) {}

  std::string run() {
    of_run();
    of_verdicts();
    of_hosts();
    of_measurements();
    return std::move(text_);
  }

 private:
  void gauge(const char* name, const char* help) {
    name_ = name;
    text_ += fmt::format("# HELP {} {}\n# TYPE {} gauge\n", name, help, name);
  }

  void sample(double value, Labels labels = {}) {
    std::string series = fmt::format("{}{{cluster=\"{}\"", name_, escaped(record_.cluster));
    for (const auto& [key, label] : labels)
      series += fmt::format(",{}=\"{}\"", key, escaped(label));
    // Names that are alike once they are cut and cleaned: a series that is there twice would make
    // the collector refuse the whole file.
    if (const int number = ++series_[series]; number > 1)
      series += fmt::format(",same_name=\"{}\"", number);
    text_ += fmt::format("{}}} {}\n", series, std::isfinite(value) ? value : 0.0);
  }

  void of_run() {
    gauge("touchstone_run_info", "Always 1; what was run.");
    sample(1, {{"profile", record_.profile},
               {"version", record_.tool_version},
               {"simulated", record_.simulated ? "true" : "false"}});
    gauge("touchstone_run_timestamp_seconds", "When the last run ended, in Unix time.");
    sample(record_.finished > 0 ? record_.finished : record_.started);
    gauge("touchstone_run_duration_seconds", "How long the last run took.");
    sample(record_.finished > record_.started ? record_.finished - record_.started : 0);
    gauge("touchstone_run_exit_code", "0 accepted, 1 rejected, 2 could not tell.");
    sample(record_.exit_code());
    gauge("touchstone_run_complete", "1 unless the last run was interrupted.");
    sample(record_.complete ? 1 : 0);
  }

  void counts(const Counts& counts, const char* label = nullptr, const std::string& of = "") {
    for (Verdict verdict : kVerdicts) {
      const auto at = counts.find(verdict);
      const double count = at == counts.end() ? 0 : static_cast<double>(at->second);
      const std::string name(name_of(verdict));
      if (label)
        sample(count, {{label, of}, {"verdict", name}});
      else
        sample(count, {{"verdict", name}});
    }
  }

  void of_verdicts() {
    gauge("touchstone_results", "Results of the last run by verdict.");
    counts(record_.counts());
    std::vector<Counts> of_steps(record_.steps.size());
    for (const StepResult& result : record_.results) ++of_steps.at(result.step)[result.verdict];
    gauge("touchstone_step_results", "Results of a step by verdict.");
    for (std::size_t i = 0; i < of_steps.size(); ++i)
      counts(of_steps[i], "step", record_.steps[i].id);
    std::vector<double> seconds(record_.steps.size());
    for (const StepResult& result : record_.results) seconds.at(result.step) += result.seconds;
    gauge("touchstone_step_seconds", "How long the questions of a step took, on all its targets.");
    for (std::size_t i = 0; i < seconds.size(); ++i)
      sample(seconds[i], {{"step", record_.steps[i].id}});
    std::map<WaiverUse::State, std::size_t> waivers;
    for (const WaiverUse& use : record_.waivers) ++waivers[use.state];
    gauge("touchstone_waivers", "Waivers by what became of them.");
    for (const auto& [state, name] :
         {std::pair{WaiverUse::State::kInForce, "in_force"},
          std::pair{WaiverUse::State::kExpired, "expired"},
          std::pair{WaiverUse::State::kNotNeeded, "not_needed"},
          std::pair{WaiverUse::State::kMatchesNothing, "matches_nothing"},
          std::pair{WaiverUse::State::kNotJudged, "not_judged"}})
      sample(static_cast<double>(waivers[state]), {{"state", name}});
  }

  void of_hosts() {
    std::map<std::string, Counts> of_hosts;
    for (const StepResult& result : record_.results)
      if (!result.target.host.empty()) ++of_hosts[result.target.host][result.verdict];
    gauge("touchstone_host_results", "Results of a host and its NPUs by verdict.");
    for (const HostInfo& host : record_.hosts) counts(of_hosts[host.name], "host", host.name);
    gauge("touchstone_host_answered", "1 where the host answered in the last run.");
    for (const HostInfo& host : record_.hosts)
      sample(host.state == "answered" ? 1 : 0, {{"host", host.name}});
    gauge("touchstone_host_visit_seconds", "How long the visit of the host took.");
    for (const HostInfo& host : record_.hosts) sample(host.seconds, {{"host", host.name}});
  }

  void of_measurements() {
    gauge("touchstone_measurement", "What was measured of a group's service.");
    for (const Measurement& one : record_.measurements)
      for (const auto& [key, value] : one.values)
        sample(value,
               {{"group", one.group}, {"name", one.name}, {"unit", one.unit}, {"value", key}});
  }

  const RunRecord& record_;
  std::string text_, name_;
  std::map<std::string, int> series_;  // how often each was asked for
};

}  // namespace

std::string metrics_text(const RunRecord& record) {
  return Metrics(record).run();
}

}  // namespace touchstone
