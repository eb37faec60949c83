#pragma once

#include <string>
#include <vector>

#include "harness/model/run_record.h"

namespace touchstone {

// Takes gtest's own options (--gtest_…) out of the command line and hands them to gtest. What an
// inherited GTEST_* variable would deselect silently is cleared first: with GTEST_FILTER=-* nothing
// would run, and that would be a success.
class Gtest {
 public:
  explicit Gtest(std::vector<std::string>& args);

  bool lists_only() const;  // --gtest_list_tests: nothing is to be asked

  // One GoogleTest test per step and target, named as in JUnit; RUN_ALL_TESTS once. Listeners,
  // --gtest_output,
  // --gtest_list_tests work on the verdicts of the record. The exit code of the run comes from the
  // record, not from here.
  int reemit(const RunRecord& record) const;

 private:
  bool asked_ = false;
};

}  // namespace touchstone
