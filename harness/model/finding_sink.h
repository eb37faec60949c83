#pragma once

#include <vector>

#include "harness/model/finding.h"

namespace touchstone {

// While it lives, findings that this thread streams into expectations are kept here; the text of
// the expectation has their index between two marks, so that the evaluator knows which belongs to
// which.
class FindingSink {
 public:
  static constexpr char kMark = '\x1e';

  FindingSink();
  ~FindingSink();
  FindingSink(const FindingSink&) = delete;
  FindingSink& operator=(const FindingSink&) = delete;

  const std::vector<Finding>& findings() const { return findings_; }

 private:
  std::vector<Finding> findings_;
  std::vector<Finding>* outer_;
};

}  // namespace touchstone
