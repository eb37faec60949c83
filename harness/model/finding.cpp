#include "harness/model/finding.h"

#include <initializer_list>
#include <ostream>
#include <utility>

#include "harness/model/bounded.h"
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

Finding bounded(Finding finding) {
  for (Text* text : std::initializer_list<Text*>{&finding.expected, &finding.actual, &finding.why,
                                                 &finding.next})
    *text = bounded(std::move(*text), kFindingBytes);
  for (std::string* text : {&finding.excerpt, &finding.detail})
    *text = bounded(std::move(*text), kFindingBytes);
  return finding;
}

std::ostream& operator<<(std::ostream& out, const Finding& finding) {
  if (!sink) return out << finding.expected.en << " / " << finding.actual.en;
  sink->push_back(finding);
  return out << FindingSink::kMark << sink->size() - 1 << FindingSink::kMark;
}

}  // namespace touchstone
