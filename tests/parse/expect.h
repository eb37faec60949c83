#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "harness/model/parsed.h"
#include "tests/e2e/sentences.h"

namespace touchstone {

using Kind = Refusal::Kind;

inline void PrintTo(Kind kind, std::ostream* out) {
  *out << name_of(kind);
}

// The value, or a failure that tells the reason for refusing.
template <class T>
T taken(const Parsed<T>& parsed) {
  if (parsed) return parsed.value();
  ADD_FAILURE() << "refused (" << name_of(parsed.refusal().kind)
                << "): " << parsed.refusal().reason.en;
  return T{};
}

// One text that must be refused, and words that its reason must have.
struct Refused {
  std::string_view text;
  Kind kind;
  std::string_view says;
};

template <class T>
void expect_refused(const Parsed<T>& parsed, Kind kind, std::string_view says) {
  ASSERT_FALSE(parsed.ok()) << "was taken for a value";
  const Text& reason = parsed.refusal().reason;
  EXPECT_EQ(parsed.refusal().kind, kind) << reason.en;
  EXPECT_NE(reason.en.find(says), std::string::npos) << "the reason is: " << reason.en;
  expect_both_languages(reason);
}

// The texts as a paste: all of it in stdout.
template <class T, std::size_t N>
void expect_all_refused(Parsed<T> (*parse)(std::string_view, std::string_view),
                        const Refused (&table)[N]) {
  for (const Refused& row : table) {
    SCOPED_TRACE(std::string(row.text.substr(0, 200)));
    expect_refused(parse(row.text, ""), row.kind, row.says);
  }
}

}  // namespace touchstone
