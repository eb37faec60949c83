#include "harness/config/init_draft.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/config/profile.h"
#include "harness/config/yaml_writer.h"

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

std::string defaults_text(const Draft::Keys& shared) {
  std::string text =
      "\n# What holds for every host that does not say otherwise. ssh reads ~/.ssh/config as "
      "well: jump hosts\n# and aliases of it work here.\ndefaults:\n";
  if (!find(shared, "transport")) text += "  transport: ssh\n";
  for (const auto& [key, value] : shared)
    text += fmt::format("  {}: {}\n", key, value_text(key, value));
  if (!find(shared, "user")) text += "  # user: root\n";
  if (!find(shared, "sudo")) text += "  # sudo: true    # for a user who is not root\n";
  return text + "  # container: mindie    # the MindIE container's name\n";
}

std::string host_text(const Draft::Host& host, const Draft::Keys& shared) {
  std::string keys;
  for (const auto& [key, value] : host.keys)
    if (!find(shared, key)) keys += fmt::format(", {}: {}", key, value_text(key, value));
  const std::string note = host.note.empty() ? "" : "  # " + comment_text(host.note);
  return keys.empty() ? fmt::format("      - {}{}\n", yaml_text(host.name), note)
                      : fmt::format("      - {{name: {}{}}}{}\n", yaml_text(host.name), keys, note);
}

std::string network_text(const Draft::Group& group) {
  const bool planned = std::all_of(group.hosts.begin(), group.hosts.end(),
                                   [](const Draft::Host& h) { return !h.npu_addresses.empty(); });
  if (!planned)
    return "    # npu_network:    # the plan for the NPU ports; steps compare it with what is "
           "there\n"
           "    #   netmask: 255.255.0.0\n"
           "    #   gateway: 10.20.0.1\n"
           "    #   netdetect: gateway\n"
           "    #   rule: {first: 10.20.1.10, host_step: 256, npu_step: 1}\n";
  std::string text =
      "    npu_network:\n      # netmask: 255.255.0.0\n      # gateway: 10.20.0.1\n"
      "      # netdetect: gateway\n      addresses:\n";
  for (const Draft::Host& host : group.hosts)
    text += fmt::format("        {}: [{}]\n", yaml_text(host.name),
                        fmt::join(host.npu_addresses, ", "));
  return text;
}

std::string group_text(const Draft::Group& group, const Draft::Keys& shared) {
  std::string text = fmt::format("  - name: {}\n", yaml_text(group.name));
  text += group.master.empty() ? "    # master: NAME    # the first server of the rank table\n"
                               : fmt::format("    master: {}\n", yaml_text(group.master));
  text += "    rank_table: /data/hm/rank_table_file.json\n    service_user: root\n";
  text += network_text(group) + "    hosts:\n";
  for (const Draft::Host& host : group.hosts) text += host_text(host, shared);
  return text;
}

std::string site_text(const Draft::Keys& site) {
  std::string text =
      "\n# Where this site differs from the profile; `touchstone profile show` names the keys.\n";
  if (site.empty()) return text + "# site:\n#   rank_table_order: ascending\n";
  text += "site:\n";
  for (const auto& [key, value] : site)
    text += fmt::format("  {}: {}\n", key, value_text(key, value));
  return text;
}

}  // namespace

std::string write_draft(const Draft& draft, const InitOptions& options) {
  const Draft::Keys shared = shared_keys(draft);
  std::string text = "# Who is in the cluster and how to reach it, for touchstone.\n";
  for (const std::string& note : draft.notes) text += "# " + comment_text(note) + "\n";
  text += fmt::format("touchstone: 1\ncluster: {}\nprofile: {}\n", yaml_text(options.cluster),
                      yaml_text(options.profile));
  text += defaults_text(shared) +
          "\n# One group is one MindIE instance: the hosts of one rank table.\ngroups:\n";
  for (const Draft::Group& group : draft.groups) text += group_text(group, shared);
  return text + site_text(draft.site);
}

}  // namespace touchstone
