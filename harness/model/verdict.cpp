#include "harness/model/verdict.h"

#include <array>
#include <utility>

namespace touchstone {
namespace {

constexpr std::array<std::pair<Verdict, std::string_view>, 8> kVerdicts{{
    {Verdict::kFail, "fail"},
    {Verdict::kError, "error"},
    {Verdict::kBlocked, "blocked"},
    {Verdict::kWaived, "waived"},
    {Verdict::kFixed, "fixed"},
    {Verdict::kPass, "pass"},
    {Verdict::kNotApplicable, "not_applicable"},
    {Verdict::kNotSelected, "not_selected"},
}};
constexpr std::array<std::pair<Risk, std::string_view>, 4> kRisks{{
    {Risk::kSafe, "safe"},
    {Risk::kService, "service"},
    {Risk::kDisruptive, "disruptive"},
    {Risk::kHands, "hands"},
}};

}  // namespace

std::string_view name_of(Verdict verdict) {
  for (const auto& [value, name] : kVerdicts)
    if (value == verdict) return name;
  return "error";
}

std::optional<Verdict> verdict_from(std::string_view text) {
  for (const auto& [value, name] : kVerdicts)
    if (name == text) return value;
  return std::nullopt;
}

std::string_view name_of(Risk risk) {
  for (const auto& [value, name] : kRisks)
    if (value == risk) return name;
  return "hands";
}

std::optional<Risk> risk_from(std::string_view text) {
  for (const auto& [value, name] : kRisks)
    if (name == text) return value;
  return std::nullopt;
}

}  // namespace touchstone
