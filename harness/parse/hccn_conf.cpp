#include "harness/parse/hccn_conf.h"

#include "harness/parse/hccn_answers.h"

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

// A value that cannot be in force, of the keys that are known well enough.
std::optional<Refusal> wrong_value(const Line& line, std::string_view key, std::string_view value) {
  const auto refusal_of = [](const Parsed<std::string>& read) {
    return read ? std::nullopt : std::optional(read.refusal());
  };
  if (key == "address" || key == "gateway" || key == "netdetect")
    return refusal_of(address_of(line, value));
  if (key == "netmask") return refusal_of(netmask_of(line, value));
  if (key == "tls_enable" && value != "0" && value != "1")
    return malformed(line, {"tls_enable_N=0 或 1", "tls_enable_N=0 or 1"});
  return std::nullopt;
}

Parsed<HccnConf> read_conf(std::string_view out, std::string_view err, bool with_values) {
  auto lines = lines_of_command(out, err, "cat /etc/hccn.conf");
  if (!lines) return lines.refusal();
  HccnConf conf;
  for (const Line& line : lines.value()) {
    if (line.trimmed().starts_with("#") || line.text.size() < 3) continue;
    const auto field = split_at(line.trimmed(), '=');  // a value may have more of them
    if (!field) continue;                              // the tool skips it, too
    if (!is_key(field->first)) return malformed(line, "key_N=value");
    // The first one counts: a later one of the same name is dead text to the tool.
    const auto key = numbered(field->first);
    if (!key) {
      conf.others.emplace(field->first, field->second);
      continue;
    }
    if (with_values)
      if (auto refusal = wrong_value(line, key->name, field->second)) return *refusal;
    conf.by_npu[key->npu].emplace(key->name, field->second);
  }
  if (conf.by_npu.empty())
    return malformed({"hccn.conf 没有任何 NPU 的 key_N=value 行",
                      "hccn.conf has no line key_N=value of an NPU"});
  return conf;
}

}  // namespace

Parsed<HccnConf> parse_hccn_conf(std::string_view out, std::string_view err) {
  return read_conf(out, err, false);
}
Parsed<HccnConf> parse_hccn_conf_values(std::string_view out, std::string_view err) {
  return read_conf(out, err, true);
}

}  // namespace touchstone
