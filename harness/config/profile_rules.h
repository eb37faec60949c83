#pragma once

#include <span>
#include <string_view>

namespace touchstone {

// What a key of a profile is about, and what its text may be (numbers and ranges need no rule).
struct ProfileRule {
  enum class Form {
    kAny,
    kName,
    kVersion,
    kPath,
    kPathOrNone,
    kSumOrNone,  // SHA-256
    kChoice,
    kArchitecture,
    kMtu,
    kMode,
    kValues
  };
  std::string_view key;
  Form form = Form::kAny;
  std::string_view about;  // in one line, with its place in the guide
  std::span<const std::string_view> choices = {};
  int most = 64;  // of a whole number; the least is 1
};

// Of every key that profile_fields (harness/model) names; a test holds the two together.
std::span<const ProfileRule> profile_rules();
const ProfileRule& rule_of(std::string_view key);

}  // namespace touchstone
