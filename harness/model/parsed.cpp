#include "harness/model/parsed.h"

#include <algorithm>
#include <array>

namespace touchstone {
namespace {

struct KindName {
  Refusal::Kind kind;
  std::string_view name;
};

using enum Refusal::Kind;
constexpr std::array<KindName, 9> kNames{{
    {kEmpty, "empty"},
    {kNotSet, "not-set"},
    {kNoCertificates, "no-certificates"},
    {kErrorText, "error-text"},
    {kUnsupported, "unsupported"},
    {kMasked, "masked"},
    {kElided, "elided"},
    {kMalformed, "malformed"},
    {kSeveral, "several"},
}};

}  // namespace

std::string_view name_of(Refusal::Kind kind) {
  return std::find_if(kNames.begin(), kNames.end(),
                      [&](const KindName& known) { return known.kind == kind; })
      ->name;
}

}  // namespace touchstone
