#include "harness/parse/ip_addr.h"

#include <algorithm>

#include "harness/parse/json_path.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

bool has_flag(const JsonNode& link, std::string_view flag) {
  const JsonNode* flags = link.find("flags");
  return flags && std::any_of(flags->items.begin(), flags->items.end(),
                              [&](const JsonNode& one) { return one.text == flag; });
}

}  // namespace

Parsed<IpAddresses> parse_ip_addr(std::string_view out, std::string_view err) {
  if (is_blank(out) || trim(out).front() != '[') {
    auto nothing = filled_lines_of(out, err, "ip -j addr");
    return nothing ? malformed({"这不是 JSON 的地址列表", "this is no list of addresses in JSON"})
                   : nothing.refusal();
  }
  const auto root = read_json(out);
  if (!root) return root.refusal();
  IpAddresses all;
  bool links = false;
  for (const JsonNode& link : root.value().items) {
    // With a filter `ip` leaves empty objects in the place of those that do not fit.
    const std::string name = text_at(link, {"ifname"});
    const JsonNode* addresses = link.find("addr_info");
    if (name.empty() || !addresses) continue;
    links = true;
    for (const JsonNode& one : addresses->items) {
      const JsonNode* prefix = one.find("prefixlen");
      const std::string address = text_at(one, {"local"});
      if (address.empty()) continue;
      all.addresses.push_back(
          {.interface = name,
           .address = address,
           .prefix = prefix ? static_cast<int>(integer_of(prefix->text).value_or(0)) : 0,
           .up = has_flag(link, "UP")});
    }
  }
  if (!links)
    return malformed({"列表中没有带 ifname 和 addr_info 的接口",
                      "the list has no interface with ifname and addr_info"});
  return all;
}

}  // namespace touchstone
