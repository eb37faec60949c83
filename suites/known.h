#pragma once

#include <string>

#include "harness/model/evidence.h"

namespace touchstone {

// The question was answered, in a way that its parser refuses for this reason: steps judge such an
// answer where it says that something is not there.
template <class T>
bool refused_as(const Parsed<T>& parsed, Refusal::Kind kind) {
  return !parsed && parsed.refusal().kind == kind;
}

// The parsed answer, or null: for those to whom it is all the same why there is none.
template <class T>
const T* known(const EvidenceBook& book, const std::string& host, int npu, const Probe<T>& probe) {
  if (!book.find_answer(host, npu, probe.key)) return nullptr;
  try {
    const Parsed<T>& parsed = book.parsed(host, npu, probe, false);
    return parsed ? &parsed.value() : nullptr;
  } catch (const NoEvidence&) {
    return nullptr;
  }
}

// The answer says that there is none: no address is set, no such file, no such container.
template <class T>
bool not_set(const EvidenceBook& book, const std::string& host, int npu, const Probe<T>& probe) {
  if (!book.find_answer(host, npu, probe.key)) return false;
  try {
    return refused_as(book.parsed(host, npu, probe, false), Refusal::Kind::kNotSet);
  } catch (const NoEvidence&) {
    return false;
  }
}

// The same of what the evidence is about; that it was read is noted.
template <class T>
const T* known(const Evidence& evidence, const Probe<T>& probe) {
  try {
    const Parsed<T>& parsed = evidence.parsed(probe);
    return parsed ? &parsed.value() : nullptr;
  } catch (const NoEvidence&) {
    return nullptr;
  }
}

}  // namespace touchstone
