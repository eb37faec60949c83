#pragma once

#include <map>
#include <string>
#include <string_view>

#include "harness/model/parsed.h"

namespace touchstone {

// The environment of a process.
struct Environment {
  std::map<std::string, std::string> variables;
  bool operator==(const Environment&) const = default;

  const std::string* find(const std::string& name) const;
};

// Line by line, with vertical tabs in the place of line breaks within a value: what
// `tr '\n\0' '\v\n'` makes of /proc/PID/environ and of `env -0`. So one variable is one line, which
// a secret's blanking cannot leave, and a value with a line break cannot pose as another variable.
// After a line of kEnvironmentMark everything before it is passed over: it is what start files
// print. Also taken: NUL-separated text as it is, and plain `env` (a line without NAME= goes on
// with the value before).
Parsed<Environment> parse_environ(std::string_view out, std::string_view err);

inline constexpr std::string_view kEnvironmentMark = "-----touchstone-environment-----";

}  // namespace touchstone
