#include "harness/model/parsed.h"

#include <string_view>

namespace touchstone {

std::string_view name_of(Refusal::Kind kind) {
  switch (kind) {
    case Refusal::Kind::kEmpty:
      return "empty";
    case Refusal::Kind::kNotSet:
      return "not-set";
    case Refusal::Kind::kNoCertificates:
      return "no-certificates";
    case Refusal::Kind::kErrorText:
      return "error-text";
    case Refusal::Kind::kUnsupported:
      return "unsupported";
    case Refusal::Kind::kMasked:
      return "masked";
    case Refusal::Kind::kElided:
      return "elided";
    case Refusal::Kind::kMalformed:
      return "malformed";
    case Refusal::Kind::kSeveral:
      return "several";
  }
  return "malformed";
}

}  // namespace touchstone
