#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/config/ansible_ini.h"
#include "harness/config/forms.h"
#include "harness/config/init.h"
#include "harness/config/init_draft.h"
#include "harness/config/inventory.h"
#include "harness/config/profile.h"
#include "harness/model/said.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

// Ansible's variable (and its older name), and what it is in an inventory of ours.
struct Variable {
  std::string_view key;
  std::array<std::string_view, 2> names;
};
constexpr std::array kVariables{
    Variable{"address", {"ansible_host", "ansible_ssh_host"}},
    Variable{"transport", {"ansible_connection", ""}},
    Variable{"user", {"ansible_user", "ansible_ssh_user"}},
    Variable{"port", {"ansible_port", "ansible_ssh_port"}},
    Variable{"identity", {"ansible_ssh_private_key_file", "ansible_private_key_file"}},
    Variable{"sudo", {"ansible_become", "ansible_sudo"}},
};

bool is_taken(std::string_view name) {
  return std::any_of(kVariables.begin(), kVariables.end(), [&](const Variable& variable) {
    return name == variable.names[0] || name == variable.names[1];
  });
}

// The groups of an inventory by name, and how deep each is: a deeper group's variables win.
class Groups {
 public:
  Groups(const AnsibleInventory& inventory, Mistakes& mistakes) : mistakes_(mistakes) {
    for (const AnsibleGroup& group : inventory.groups) {
      by_name_[group.name] = &group;
      for (const std::string& host : group.hosts) direct_[host].push_back(&group);
    }
    for (const AnsibleGroup& group : inventory.groups) {
      // `all` and `ungrouped` are there by nature, above and before every other.
      deepen(group, group.name == "all" ? 0 : 1, 0);
      for (const AnsibleValue& child : group.children) parents_[child.text].push_back(group.name);
    }
  }

  // Where a host is a direct member.
  const std::vector<const AnsibleGroup*>& direct(const std::string& host) const {
    return direct_.at(host);
  }

  // What its groups, and those above them, say of a host.
  AnsibleVars vars(const std::string& host) const {
    std::set<std::string> names{"all"};
    for (const AnsibleGroup* group : direct(host)) collect(group->name, names);
    std::vector<std::pair<int, std::string>> sorted;
    for (const std::string& name : names)
      if (by_name_.contains(name)) sorted.emplace_back(depth(name), name);
    std::sort(sorted.begin(), sorted.end());
    AnsibleVars all;
    for (const auto& [depth, name] : sorted)
      for (const auto& [key, value] : by_name_.at(name)->vars) all[key] = value;
    return all;
  }

 private:
  int depth(const std::string& name) const {
    const auto found = depths_.find(name);
    return found == depths_.end() ? 0 : found->second;
  }
  void collect(const std::string& name, std::set<std::string>& names) const {
    if (!names.insert(name).second) return;
    const auto above = parents_.find(name);
    if (above == parents_.end()) return;
    for (const std::string& parent : above->second) collect(parent, names);
  }
  void deepen(const AnsibleGroup& group, int depth, std::size_t steps) {
    if (steps > by_name_.size()) {
      if (!circle_told_)
        mistakes_.add(group.position, "",
                      said("组 {} 在它自己的子组之中;请去掉",
                           "the group {} is among its own children; take it out",
                           touchstone::quoted(group.name)));
      circle_told_ = true;
    }
    if (circle_told_) return;
    if (const auto known = depths_.find(group.name);
        known != depths_.end() && known->second >= depth)
      return;
    depths_[group.name] = depth;
    for (const AnsibleValue& child : group.children)
      if (const auto below = by_name_.find(child.text); below != by_name_.end())
        deepen(*below->second, depth + 1, steps + 1);
  }

  Mistakes& mistakes_;
  std::map<std::string, const AnsibleGroup*> by_name_;
  std::map<std::string, std::vector<std::string>> parents_;
  std::map<std::string, int> depths_;
  std::map<std::string, std::vector<const AnsibleGroup*>> direct_;
  bool circle_told_ = false;
};

bool is_true(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text == "true" || text == "yes" || text == "1" || text == "on" || text == "t" ||
         text == "y";
}

Text port_error(std::string_view text) {
  const auto port = integer_of(text);
  if (port && *port >= 1 && *port <= 65535) return {};
  return said("{} 不是端口;请写 1 到 65535 的数", "{} is no port; write a number from 1 to 65535",
              touchstone::quoted(text));
}

Text transport_error(std::string_view text) {
  const std::array<std::string_view, 4> known{"ssh", "smart", "paramiko", "local"};
  if (std::find(known.begin(), known.end(), text) != known.end()) return {};
  return said("不支持连接方式 {};请写 ssh 或 local,并在生成的清单中使用 transport exec",
              "the connection {} is not read; write ssh or local, and use transport exec in the "
              "inventory that comes of it",
              touchstone::quoted(text));
}

Text error_of(std::string_view key, std::string_view text) {
  if (text.find("{{") != text.npos)
    return {"此处不展开模板;请写出它的值",
            "a template is not worked out here; write the value it has"};
  if (key == "address") return address_error(text);
  if (key == "user") return user_error(text);
  if (key == "port") return port_error(text);
  if (key == "identity") return path_error(text);
  if (key == "transport") return transport_error(text);
  return {};
}

// One variable as a key of ours, if it says anything that is not so by default.
void add_key(Draft::Host& host, const Variable& variable, const AnsibleVars& vars,
             Mistakes& mistakes) {
  for (const std::string_view name : variable.names) {
    const auto found = vars.find(std::string(name));
    if (found == vars.end()) continue;
    const AnsibleValue& value = found->second;
    if (Text error = error_of(variable.key, value.text); !error.empty()) {
      mistakes.add(value.position, std::string(name), error);
    } else if (variable.key == "sudo") {
      if (is_true(value.text)) host.keys.emplace_back("sudo", "true");
    } else if (variable.key == "transport") {
      if (value.text == "local") host.keys.emplace_back("transport", "local");
    } else if (value.text != host.name) {
      host.keys.emplace_back(variable.key, value.text);
    }
    return;
  }
}

// A host may stand in several groups; ours is the largest of them, by direct members. `[master]`
// beside `[npu]` is a role, not an instance.
const AnsibleGroup* home_among(const std::vector<const AnsibleGroup*>& groups) {
  return *std::max_element(groups.begin(), groups.end(),
                           [](const AnsibleGroup* a, const AnsibleGroup* b) {
                             return a->hosts.size() < b->hosts.size();
                           });
}

Text others(const std::vector<const AnsibleGroup*>& groups, const AnsibleGroup* home) {
  std::vector<std::string> names;
  for (const AnsibleGroup* group : groups)
    if (group != home) names.push_back(group->name);
  if (names.empty()) return {};
  return said("也在这些组中:{}", "also in: {}", fmt::join(names, ", "));
}

Draft::Host host_of(const AnsibleHost& from, const AnsibleVars& vars, Mistakes& mistakes) {
  Draft::Host host{.name = from.name};
  for (const Variable& variable : kVariables) add_key(host, variable, vars, mistakes);
  const bool named_only = std::none_of(host.keys.begin(), host.keys.end(),
                                       [](const auto& key) { return key.first == "address"; });
  Text error = name_error(from.name);
  if (error.empty() && named_only) error = leads_nowhere_error(from.name);
  if (!error.empty()) mistakes.add(from.position, "", error);
  return host;
}

// Aliases of one machine are usual in Ansible; here each would be a host of its own.
class DistinctAddresses {
 public:
  void expect_new(const Draft::Host& host, TextPosition position, Mistakes& mistakes) {
    std::string address = host.name, port;
    for (const auto& [key, value] : host.keys) {
      if (key == "address") address = value;
      if (key == "port") port = " port " + value;
      if (key == "transport") return;  // this machine, under as many names as one likes
    }
    const auto [first, fresh] = taken_.emplace(same_spelling(address) + port, host.name);
    if (!fresh)
      mistakes.add(
          position, "",
          said("{} 和 {} 的地址相同:{};只留一个",
               "{} and {} have the same address {}; keep one of them",
               touchstone::quoted(host.name), touchstone::quoted(first->second), address + port));
  }

 private:
  std::map<std::string, std::string> taken_;
};

// Ansible's own variables that were left out; their values may be secret.
void note_left_out(const AnsibleVars& vars, std::set<std::string>& left_out) {
  for (const auto& [name, value] : vars)
    if (name.starts_with("ansible_") && !is_taken(name)) left_out.insert(name);
}

Draft draft_of(const AnsibleInventory& inventory, Mistakes& mistakes) {
  const Groups groups(inventory, mistakes);
  Draft draft;
  DistinctAddresses addresses;
  std::set<std::string> left_out;
  for (const AnsibleHost& from : inventory.hosts) {
    const AnsibleGroup* home = home_among(groups.direct(from.name));
    AnsibleVars vars = groups.vars(from.name);
    for (const auto& [key, value] : from.vars) vars[key] = value;
    note_left_out(vars, left_out);
    Draft::Host host = host_of(from, vars, mistakes);
    addresses.expect_new(host, from.position, mistakes);
    host.note = others(groups.direct(from.name), home);
    auto to = std::find_if(draft.groups.begin(), draft.groups.end(),
                           [&](const Draft::Group& group) { return group.name == home->name; });
    if (to == draft.groups.end()) to = draft.groups.insert(to, Draft::Group{.name = home->name});
    to->hosts.push_back(std::move(host));
  }
  if (!left_out.empty())
    draft.notes.push_back(
        said("未采用:{}。其中 ssh 需要的,请写进 ~/.ssh/config;从不询问密码。",
             "Not taken over: {}. What ssh needs of it belongs into ~/.ssh/config; passwords are "
             "never asked for.",
             fmt::join(left_out, ", ")));
  return draft;
}

}  // namespace

std::string inventory_from_ansible(std::string_view text, const std::string& file,
                                   const InitOptions& options) {
  find_profile(options.profile);
  const SourceText source(text, file);
  Mistakes mistakes(file);
  const AnsibleInventory inventory = read_ansible(source, mistakes);
  Draft draft = draft_of(inventory, mistakes);
  for (const Draft::Group& group : draft.groups)
    if (Text error = name_error(group.name); !error.empty()) mistakes.add({1, 1}, "", error);
  mistakes.throw_if_any();
  if (draft.groups.empty())
    throw ConfigError(std::vector{Mistake{
        .file = file,
        .message = {"其中没有主机;请至少写一台", "there are no hosts in it; name at least one"}}});
  draft.notes.insert(draft.notes.begin(), said("由 Ansible 清单 {} 生成。",
                                               "Written from the Ansible inventory {}.", file));
  draft.notes.push_back(
      {"这里的一个 group 是一个 MindIE 实例;请据此合并或拆分。",
       "A group of ours is one MindIE instance; join or split groups so that it is."});
  std::string written = write_draft(draft, options);
  parse_inventory(written, file + " → cluster.yaml");
  return written;
}

}  // namespace touchstone
