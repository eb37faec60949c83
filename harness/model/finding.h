#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>

#include "harness/model/text.h"

namespace touchstone {

// One thing that is not as required. Steps stream it into an expectation: EXPECT_EQ(…) <<
// Finding{…}.
struct Finding {
  std::string target;  // empty: the target of the verdict; a cluster step names the odd one out
                       // ("node-02/npu3")
  Phrase expected;
  Phrase actual;
  Text why;             // why it matters, or what it most likely is
  Text next;            // next action; empty: the step's remedy
  std::string excerpt;  // lines of a file with a caret under what is meant, shown as they are
  std::string detail;   // bare EXPECT text, file and line
  bool operator==(const Finding&) const = default;
};

// Of each of its texts: a value of a host may be a megabyte, and a report has many findings.
inline constexpr std::size_t kFindingBytes = 16384;
Finding bounded(Finding finding);

// Hands the finding to the evaluator that intercepts the expectation; prints as a mark that only it
// can read.
std::ostream& operator<<(std::ostream& out, const Finding& finding);

}  // namespace touchstone
