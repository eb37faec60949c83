#include "reports/ctrf.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "harness/model/clean.h"
#include "harness/model/said.h"
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

Text fields_of(const Text& text) {
  return {field(text.zh), field(text.en)};
}

std::string message_of(const StepResult& result, Language language) {
  Text text = fields_of(result.reason);
  if (result.verdict == Verdict::kBlocked)
    text = said("受阻于 {}({})", "blocked by {} on {}", result.blocked_by,
                field(result.blocked_on.str()));
  for (std::size_t i = 0; i < std::min(result.findings.size(), kFindingsOfTest); ++i) {
    const Finding& finding = result.findings[i];
    text = said("{}{}{}:期望 {},实际 {}", "{}{}{}: expected {}, actual {}", text,
                text.empty() ? "" : "\n", field(finding.target), fields_of(finding.expected),
                fields_of(finding.actual));
    if (!finding.why.empty()) text = said("{};{}", "{}; {}", text, fields_of(finding.why));
  }
  if (result.findings.size() > kFindingsOfTest)
    text = said("{}\n另有 {} 项,见 run.json", "{}\n{} more findings, see run.json", text,
                result.findings.size() - kFindingsOfTest);
  return in(text, language);
}

Json test_of(const RunRecord& record, const StepResult& result, Language language) {
  const StepInfo& step = record.steps.at(result.step);
  Json test{{"name", field(fmt::format("{} {} {}", step.id, step.name, result.target.str()))},
            {"status", status_of(record, result)},
            {"duration", milliseconds(result.seconds)},
            {"rawStatus", name_of(result.verdict)},
            {"tags", {"chapter " + step.chapter, "step " + step.id}}};
  if (const std::string message = message_of(result, language); !message.empty())
    test["message"] = message;
  return test;
}

}  // namespace

std::string ctrf_json(const RunRecord& record, Language language) {
  Json tests = Json::array();
  std::map<std::string, std::size_t> counts{
      {"passed", 0}, {"failed", 0}, {"pending", 0}, {"skipped", 0}};
  for (const StepResult& result : record.results) {
    tests.push_back(test_of(record, result, language));
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
