#pragma once

#include <optional>
#include <string_view>

namespace touchstone {

// After XCCDF. In order of precedence, worst first; a group of verdicts has the worst of them.
enum class Verdict {
  kFail,
  kError,
  kBlocked,
  kWaived,
  kFixed,
  kPass,
  kNotApplicable,
  kNotSelected
};

std::string_view name_of(Verdict verdict);  // "fail", "not_applicable", …
std::optional<Verdict> verdict_from(std::string_view name);

// Whether a step that stands on a step with this verdict may be judged.
constexpr bool satisfies(Verdict v) {
  return v == Verdict::kPass || v == Verdict::kFixed || v == Verdict::kWaived ||
         v == Verdict::kNotApplicable;
}

enum class Risk { kSafe, kService, kDisruptive, kHands };
std::string_view name_of(Risk risk);  // "safe", "service", …
std::optional<Risk> risk_from(std::string_view name);

}  // namespace touchstone
