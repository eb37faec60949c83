#include "reports/ctrf.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "reports/clean.h"
#include "reports/clock.h"
#include "reports/digest.h"
#include "reports/words.h"

namespace touchstone {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kFindingsOfTest = 50;
constexpr std::size_t kFieldBytes = 4096;

std::string field(const std::string& text) {
  return harmless(cut_to(text, kFieldBytes));
}

long long milliseconds(double seconds) {
  return std::isfinite(seconds) && seconds > 0 && seconds < 1e12 ? std::llround(seconds * 1000) : 0;
}

const char* status_of(const RunRecord& record, const StepResult& result) {
  if (not_run(record, result)) return "pending";
  switch (result.verdict) {
    case Verdict::kPass:
    case Verdict::kFixed:
      return "passed";
    case Verdict::kFail:
    case Verdict::kError:
      return "failed";
    default:
      return "skipped";
  }
}

std::string message_of(const StepResult& result) {
  std::string text = field(in(result.reason, Language::kEn));
  if (result.verdict == Verdict::kBlocked)
    text = fmt::format("blocked by {} on {}", result.blocked_by, field(result.blocked_on.str()));
  for (std::size_t i = 0; i < std::min(result.findings.size(), kFindingsOfTest); ++i) {
    const Finding& finding = result.findings[i];
    text +=
        fmt::format("{}{}: expected {}, actual {}", text.empty() ? "" : "\n", field(finding.target),
                    field(finding.expected.en), field(finding.actual.en));
    if (!finding.why.empty()) text += "; " + field(in(finding.why, Language::kEn));
  }
  if (result.findings.size() > kFindingsOfTest)
    text +=
        fmt::format("\n{} more findings, see run.json", result.findings.size() - kFindingsOfTest);
  return text;
}

Json test_of(const RunRecord& record, const StepResult& result) {
  const StepInfo& step = record.steps.at(result.step);
  Json test{{"name", field(fmt::format("{} {} {}", step.id, step.name, result.target.str()))},
            {"status", status_of(record, result)},
            {"duration", milliseconds(result.seconds)},
            {"rawStatus", name_of(result.verdict)},
            {"tags", {"chapter " + step.chapter, "step " + step.id}}};
  if (const std::string message = message_of(result); !message.empty()) test["message"] = message;
  return test;
}

}  // namespace

std::string ctrf_json(const RunRecord& record) {
  Json tests = Json::array();
  std::map<std::string, std::size_t> counts{
      {"passed", 0}, {"failed", 0}, {"pending", 0}, {"skipped", 0}};
  for (const StepResult& result : record.results) {
    tests.push_back(test_of(record, result));
    ++counts[status_of(record, result)];
  }
  const Json summary{{"tests", record.results.size()},
                     {"passed", counts["passed"]},
                     {"failed", counts["failed"]},
                     {"pending", counts["pending"]},
                     {"skipped", counts["skipped"]},
                     {"other", 0},
                     {"start", milliseconds(record.started)},
                     {"stop", milliseconds(std::max(record.started, record.finished))}};
  const Json all{{"reportFormat", "CTRF"},
                 {"specVersion", "0.0.0"},
                 {"generatedBy", "touchstone " + field(record.tool_version)},
                 {"results",
                  {{"tool", {{"name", "touchstone"}, {"version", field(record.tool_version)}}},
                   {"summary", summary},
                   {"tests", std::move(tests)},
                   {"environment",
                    {{"appName", field(record.cluster)},
                     {"testEnvironment",
                      field(record.profile) + (record.simulated ? " [SIMULATED]" : "")}}}}}};
  return all.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace touchstone
