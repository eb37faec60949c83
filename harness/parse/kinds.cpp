#include "harness/parse/kinds.h"

#include <algorithm>
#include <vector>

#include "harness/model/said.h"
#include "harness/parse/lines.h"

namespace touchstone {

std::span<const ParseKind> parse_kinds() {
  static const std::vector<ParseKind> kAll = [] {
    std::vector<ParseKind> all;
    for (const auto part : {
             hccn_kinds(),
             host_kinds(),
             container_kinds(),
             collective_kinds(),
             weights_kinds(),
             config_kinds(),
             service_kinds(),
             endpoint_kinds(),
         })
      all.insert(all.end(), part.begin(), part.end());
    return all;
  }();
  return kAll;
}

Parsed<std::string> parse_to_json(std::string_view kind, std::string_view text) {
  const auto kinds = parse_kinds();
  const auto named = std::find_if(kinds.begin(), kinds.end(),
                                  [&](const ParseKind& known) { return known.name == kind; });
  if (named == kinds.end())
    return malformed(said("没有名为 {} 的种类", "there is no kind {}", quoted(kind)));
  auto json = named->to_json(text);
  if (json) return json;
  Refusal refusal = json.refusal();
  refusal.reason = {valid_utf8(refusal.reason.zh), valid_utf8(refusal.reason.en)};
  return refusal;
}

}  // namespace touchstone
