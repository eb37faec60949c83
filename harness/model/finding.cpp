#include "harness/model/finding.h"

#include <ostream>

#include "harness/model/finding_sink.h"

namespace touchstone {
namespace {

thread_local std::vector<Finding>* sink = nullptr;

}  // namespace

FindingSink::FindingSink() : outer_(sink) {
  sink = &findings_;
}
FindingSink::~FindingSink() {
  sink = outer_;
}

std::ostream& operator<<(std::ostream& out, const Finding& finding) {
  if (!sink) return out << finding.expected.en << " / " << finding.actual.en;
  sink->push_back(finding);
  return out << FindingSink::kMark << sink->size() - 1 << FindingSink::kMark;
}

}  // namespace touchstone
