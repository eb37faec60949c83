#include "harness/config/init_draft.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/config/profile.h"
#include "harness/config/yaml_writer.h"
#include "harness/model/said.h"

namespace touchstone {
namespace {

constexpr std::array<std::string_view, 5> kShareable{"transport", "user", "port", "identity",
                                                     "sudo"};

// Numbers and switches are plain words; in quotes they would be texts.
std::string value_text(const std::string& key, const std::string& value) {
  constexpr std::array<std::string_view, 4> kPlain{"port", "npus", "sudo",
                                                   "container_ip_equals_server_id"};
  const bool plain =
      std::find(kPlain.begin(), kPlain.end(), key) != kPlain.end() &&
      std::all_of(value.begin(), value.end(), [](unsigned char c) { return std::isalnum(c); });
  return plain ? value : yaml_text(value);
}

const std::string* find(const Draft::Keys& keys, std::string_view key) {
  const auto at =
      std::find_if(keys.begin(), keys.end(), [&](const auto& pair) { return pair.first == key; });
  return at == keys.end() ? nullptr : &at->second;
}

// What all hosts say alike is said once.
Draft::Keys shared_keys(const Draft& draft) {
  Draft::Keys shared;
  for (const std::string_view key : kShareable) {
    std::optional<std::string> common;
    bool all = true;
    for (const Draft::Group& group : draft.groups)
      for (const Draft::Host& host : group.hosts) {
        const std::string* own = find(host.keys, key);
        if (!own || (common && *common != *own)) all = false;
        if (own && !common) common = *own;
      }
    if (all && common) shared.emplace_back(key, *common);
  }
  return shared;
}

Text comment(const Text& text) {
  return {comment_text(text.zh), comment_text(text.en)};
}

// A line of YAML that is the same in both languages.
Text same(const std::string& line) {
  return Phrase(line);
}

Text defaults_text(const Draft::Keys& shared) {
  Text text{
      "\n# 未另行说明的主机都用这些值。ssh 也会读 ~/.ssh/config,其中的跳板机和别名照常可用。\n"
      "defaults:\n",
      "\n# What holds for every host that does not say otherwise. ssh reads ~/.ssh/config as "
      "well: jump hosts\n# and aliases of it work here.\ndefaults:\n"};
  if (!find(shared, "transport")) text += same("  transport: ssh\n");
  for (const auto& [key, value] : shared)
    text += same(fmt::format("  {}: {}\n", key, value_text(key, value)));
  if (!find(shared, "user")) text += same("  # user: root\n");
  if (!find(shared, "sudo"))
    text += Text{"  # sudo: true    # 用户不是 root 时\n",
                 "  # sudo: true    # for a user who is not root\n"};
  return text + Text{"  # container: mindie    # MindIE 容器的名称\n",
                     "  # container: mindie    # the MindIE container's name\n"};
}

Text host_text(const Draft::Host& host, const Draft::Keys& shared) {
  std::string keys;
  for (const auto& [key, value] : host.keys)
    if (!find(shared, key)) keys += fmt::format(", {}: {}", key, value_text(key, value));
  const Text note = host.note.empty() ? Text{} : same("  # ") + comment(host.note);
  const std::string name = yaml_text(host.name);
  return same(keys.empty() ? "      - " + name
                           : fmt::format("      - {{name: {}{}}}", name, keys)) +
         note + same("\n");
}

Text network_text(const Draft::Group& group) {
  const bool planned = std::all_of(group.hosts.begin(), group.hosts.end(),
                                   [](const Draft::Host& h) { return !h.npu_addresses.empty(); });
  if (!planned)
    return Text{"    # npu_network:    # NPU 网口的地址规划;检查时与实际值比较\n",
                "    # npu_network:    # the plan for the NPU ports; steps compare it with what is "
                "there\n"} +
           same(
               "    #   netmask: 255.255.0.0\n"
               "    #   gateway: 10.20.0.1\n"
               "    #   netdetect: gateway\n"
               "    #   rule: {first: 10.20.1.10, host_step: 256, npu_step: 1}\n");
  std::string text =
      "    npu_network:\n      # netmask: 255.255.0.0\n      # gateway: 10.20.0.1\n"
      "      # netdetect: gateway\n      addresses:\n";
  for (const Draft::Host& host : group.hosts)
    text += fmt::format("        {}: [{}]\n", yaml_text(host.name),
                        fmt::join(host.npu_addresses, ", "));
  return same(text);
}

Text group_text(const Draft::Group& group, const Draft::Keys& shared) {
  Text text = same(fmt::format("  - name: {}\n", yaml_text(group.name)));
  text +=
      (group.master.empty() ? Text{"    # master: NAME    # rank table 中的第一台 server\n",
                                   "    # master: NAME    # the first server of the rank table\n"}
                            : same(fmt::format("    master: {}\n", yaml_text(group.master))));
  text += same("    rank_table: /data/hm/rank_table_file.json\n    service_user: root\n") +
          network_text(group) + same("    hosts:\n");
  for (const Draft::Host& host : group.hosts) text += host_text(host, shared);
  return text;
}

Text site_text(const Draft::Keys& site) {
  Text text{
      "\n# 本站点与配置档不同的值;`touchstone profile show` 列出可用的键。\n",
      "\n# Where this site differs from the profile; `touchstone profile show` names the keys.\n"};
  if (site.empty()) return text + same("# site:\n#   rank_table_order: ascending\n");
  text += same("site:\n");
  for (const auto& [key, value] : site)
    text += same(fmt::format("  {}: {}\n", key, value_text(key, value)));
  return text;
}

}  // namespace

std::string take_port(std::string_view& word) {
  const std::size_t colon = word.rfind(':');
  const bool bracketed = word.starts_with('[') && word.find(']') + 1 == colon;
  if (colon == word.npos || (word.find(':') != colon && !bracketed)) return "";
  std::string port(word.substr(colon + 1));
  word = word.substr(0, colon);
  if (bracketed) word = word.substr(1, word.size() - 2);
  return port.empty() ? ":" : port;  // a mistake, told when it is read
}

std::string name_of_address(std::string address) {
  std::replace(address.begin(), address.end(), ':', '-');
  return address;
}

std::string write_draft(const Draft& draft, const InitOptions& options) {
  const Draft::Keys shared = shared_keys(draft);
  // Where the schema lies on the user's machine only he knows; the form is that of
  // docs/inventory.md.
  Text text{
      "# yaml-language-server: $schema=docs/cluster.schema.json\n"
      "# 编辑器据上一行补全和校验;请改成 Touchstone 的 docs/cluster.schema.json 的路径或 URL。\n"
      "# touchstone 的清单:集群有哪些主机,如何连接。\n",
      "# yaml-language-server: $schema=docs/cluster.schema.json\n"
      "# With the line above editors complete and check this file; write there the path or URL of\n"
      "# Touchstone's docs/cluster.schema.json.\n"
      "# Who is in the cluster and how to reach it, for touchstone.\n"};
  for (const Text& note : draft.notes) text += same("# ") + comment(note) + same("\n");
  text += same(fmt::format("touchstone: 1\ncluster: {}\nprofile: {}\n", yaml_text(options.cluster),
                           yaml_text(options.profile)));
  text += defaults_text(shared) +
          Text{"\n# 一个 group 就是一个 MindIE 实例:共用一份 rank table 的主机。\ngroups:\n",
               "\n# One group is one MindIE instance: the hosts of one rank table.\ngroups:\n"};
  for (const Draft::Group& group : draft.groups) text += group_text(group, shared);
  return in(text + site_text(draft.site), options.language);
}

}  // namespace touchstone
