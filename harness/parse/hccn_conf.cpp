#include "harness/parse/hccn_conf.h"

#include "harness/parse/lines.h"

namespace touchstone {
namespace {

struct Key {
  std::string_view name;
  int npu = 0;
};

// "send_arp_status_3" → send_arp_status of NPU 3
std::optional<Key> numbered(std::string_view key) {
  const std::size_t dash = key.rfind('_');
  if (dash == std::string_view::npos || dash == 0) return std::nullopt;
  const auto npu = counter_of(key.substr(dash + 1));
  if (!npu || *npu > 99) return std::nullopt;
  return Key{key.substr(0, dash), static_cast<int>(*npu)};
}

bool is_key(std::string_view text) {
  return !text.empty() && text.find_first_not_of(
                              "abcdefghijklmnopqrstuvwxyz"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string_view::npos;
}

}  // namespace

Parsed<HccnConf> parse_hccn_conf(std::string_view out, std::string_view err) {
  auto lines = lines_of_command(out, err, "cat /etc/hccn.conf");
  if (!lines) return lines.refusal();
  HccnConf conf;
  for (const Line& line : lines.value()) {
    if (line.trimmed().starts_with("#") || line.text.size() < 3) continue;
    const auto field = split_at(line.trimmed(), '=');  // a value may have more of them
    if (!field) continue;                              // the tool skips it, too
    if (!is_key(field->first)) return malformed(line, "key_N=value");
    // The first one counts: a later one of the same name is dead text to the tool.
    if (const auto key = numbered(field->first))
      conf.by_npu[key->npu].emplace(key->name, field->second);
    else
      conf.others.emplace(field->first, field->second);
  }
  if (conf.by_npu.empty())
    return malformed({"hccn.conf 没有任何 NPU 的 key_N=value 行",
                      "hccn.conf has no line key_N=value of an NPU"});
  return conf;
}

}  // namespace touchstone
