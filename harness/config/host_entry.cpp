#include "harness/config/host_entry.h"

#include <array>
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "harness/config/forms.h"
#include "harness/model/said.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

constexpr std::array<std::string_view, 3> kTransports{"ssh", "exec", "local"};

std::optional<Told> told(const YamlNode& node, const Where& where) {
  // Of [01-16] without quotes, which is a list to YAML.
  if (node.kind == YamlNode::Kind::kList) {
    where.wrong(node, {"这是列表;以 [ 开头的模式要加引号",
                       "this is a list; a pattern that begins with [ must be in quotes"});
    return std::nullopt;
  }
  auto text = text_of(node, where);
  return text ? std::optional(Told{*text, &node}) : std::nullopt;
}

}  // namespace

std::optional<std::string> local_path_of(const YamlNode& node, const Where& where) {
  auto text = checked_text_of(node, where, path_error);
  if (!text) return text;
  if (text->starts_with("~/")) {
    const char* home = std::getenv("HOME");
    if (home && *home) return home + text->substr(1);
    where.wrong(node, {"~ 未知,没有设置 HOME;请写出完整路径",
                       "~ is not known here, HOME is not set; write the path out"});
    return std::nullopt;
  }
  if (text->starts_with('~')) {
    where.wrong(node, said("{} 是另一个用户的主目录;请写出完整路径",
                           "{} is the home of another user; write the path out",
                           touchstone::quoted(*text)));
    return std::nullopt;
  }
  return (std::filesystem::path(where.folder()) / *text).lexically_normal().string();
}

namespace {

// ssh takes a public key, too, when an agent has the private one; of a missing file it only warns,
// and the login fails for what looks like another reason.
std::optional<std::string> identity_of(const YamlNode& node, const Where& where) {
  auto path = local_path_of(node, where);
  std::error_code unknown;
  if (path && where.needs_local_files() && !std::filesystem::is_regular_file(*path, unknown) &&
      !std::filesystem::is_regular_file(*path + ".pub", unknown)) {
    where.wrong(node, said("没有文件 {};请写私钥的路径(从 ~ 或此文件所在目录起),或去掉这个键",
                           "there is no file {}; write the path of a private key (from ~ or from "
                           "this file's folder), or leave the key out",
                           touchstone::quoted(*path)));
    return std::nullopt;
  }
  return path;
}

Text sysroot_error(std::string_view text) {
  const Text error = absolute_path_error(text);
  return error.empty() ? placeholder_error(text) : error;
}

Text container_error(std::string_view text) {
  const Text error = placeholder_error(text);
  return error.empty() ? name_error(filled_in(std::string(text), "h", "h")) : error;
}

std::optional<std::vector<std::string>> command_of(const YamlNode& node, const Where& where) {
  if (node.kind == YamlNode::Kind::kText) {
    where.wrong(node,
                {"这是文本;请把各词写成列表:[kubectl, exec, -i, \"{host}\", --]",
                 "this is a text; write the words as a list: [kubectl, exec, -i, \"{host}\", --]"});
    return std::nullopt;
  }
  std::vector<std::string> words = texts_of(node, where);
  for (std::size_t i = 0; i < words.size(); ++i)
    if (Text error = placeholder_error(words[i]); !error.empty())
      where.at(i).wrong(node.items[i], error);
  return words.empty() ? std::nullopt : std::optional(words);
}

std::optional<int> whole(const YamlNode& node, const Where& where, int low, int high) {
  const auto number = integer_of(node, where, low, high);
  return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

using E = HostEntry;
using N = const YamlNode&;
using W = const Where&;

constexpr std::array kHostFields{
    Field<E>{"name", [](E& e, N n, W w) { e.name = told(n, w); }, true},
    Field<E>{"address", [](E& e, N n, W w) { e.address = told(n, w); }},
    Field<E>{"service_address", [](E& e, N n, W w) { e.service_address = told(n, w); }},
    Field<E>{"transport", [](E& e, N n, W w) { e.transport = choice_of(n, w, kTransports); }},
    Field<E>{"user", [](E& e, N n, W w) { e.user = checked_text_of(n, w, user_error); }},
    Field<E>{"port", [](E& e, N n, W w) { e.port = whole(n, w, 1, 65535); }},
    Field<E>{"identity", [](E& e, N n, W w) { e.identity = identity_of(n, w); }},
    Field<E>{"command", [](E& e, N n, W w) { e.command = command_of(n, w); }},
    Field<E>{"sudo", [](E& e, N n, W w) { e.sudo = boolean_of(n, w); }},
    Field<E>{"time_limit", [](E& e, N n, W w) { e.time_limit = number_of(n, w, 0, 86400); }},
    Field<E>{"sysroot", [](E& e, N n, W w) { e.sysroot = checked_text_of(n, w, sysroot_error); }},
    Field<E>{"container_sysroot",
             [](E& e, N n, W w) { e.container_sysroot = checked_text_of(n, w, sysroot_error); }},
    Field<E>{"container",
             [](E& e, N n, W w) { e.container = checked_text_of(n, w, container_error); }},
    Field<E>{"npus", [](E& e, N n, W w) { e.npus = whole(n, w, 1, 64); }},
};

}  // namespace

std::span<const Field<HostEntry>> host_fields() {
  return kHostFields;
}

// Names and addresses are a host's own.
std::span<const Field<HostEntry>> defaults_fields() {
  return std::span(kHostFields).subspan(3);
}

HostSettings HostSettings::overlaid(const HostSettings& base, const HostSettings& own) {
  HostSettings both = own;
  const auto fill = [](auto& to, const auto& from) {
    if (!to) to = from;
  };
  fill(both.transport, base.transport);
  fill(both.user, base.user);
  fill(both.identity, base.identity);
  fill(both.sysroot, base.sysroot);
  fill(both.container_sysroot, base.container_sysroot);
  fill(both.container, base.container);
  fill(both.port, base.port);
  fill(both.npus, base.npus);
  fill(both.command, base.command);
  fill(both.sudo, base.sudo);
  fill(both.time_limit, base.time_limit);
  return both;
}

HostSettings read_defaults(const YamlNode& map, const Where& where) {
  HostEntry entry;
  read_map(entry, map, where, defaults_fields());
  return entry;
}

HostEntry read_host_entry(const YamlNode& node, const Where& where) {
  HostEntry entry;
  entry.node = &node;
  if (node.kind == YamlNode::Kind::kText || node.kind == YamlNode::Kind::kList)
    entry.name = told(node, where);
  else if (node.kind == YamlNode::Kind::kNothing)
    where.wrong(node, {"此项是空的;请写主机名,或键如 'name: node-01'",
                       "the item is empty; write a host's name, or keys such as 'name: node-01'"});
  else
    read_map(entry, node, where, host_fields());
  return entry;
}

}  // namespace touchstone
