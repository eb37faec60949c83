#include "harness/parse/kinds.h"

#include <vector>

#include "harness/parse/lines.h"

namespace touchstone {

std::span<const ParseKind> hccn_kinds();  // kinds_hccn.cpp
std::span<const ParseKind> host_kinds();  // kinds_host.cpp

std::span<const ParseKind> parse_kinds() {
  static const std::vector<ParseKind> kAll = [] {
    std::vector<ParseKind> all(hccn_kinds().begin(), hccn_kinds().end());
    all.insert(all.end(), host_kinds().begin(), host_kinds().end());
    return all;
  }();
  return kAll;
}

const ParseKind* find_parse_kind(std::string_view name) {
  for (const ParseKind& kind : parse_kinds())
    if (kind.name == name) return &kind;
  return nullptr;
}

Parsed<std::string> parse_to_json(const ParseKind& kind, std::string_view text) {
  auto json = kind.to_json(text);
  if (json) return json;
  Refusal refusal = json.refusal();
  refusal.reason = valid_utf8(refusal.reason);
  return refusal;
}

}  // namespace touchstone
