#include "harness/parse/container_facts.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/parse/docker_messages.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

// The lines of a list, which may have none; a message instead of a list is refused.
Parsed<std::vector<Line>> rows_of(std::string_view out, std::string_view err,
                                  std::string_view command) {
  for (const std::string_view text : {err, out})
    if (auto refusal = docker_engine_message(text, "")) return *refusal;
  if (is_blank(out) && is_blank(err)) return std::vector<Line>{};
  return lines_of_command(out, err, command);
}

// The lines of something that was run inside of a container, or why it was not.
Parsed<std::vector<Line>> lines_inside(std::string_view out, std::string_view err,
                                       std::string_view command) {
  if (auto refusal = docker_exec_message(out, err)) return *refusal;
  return lines_of_command(out, err, command);
}

bool is_type(char c) {
  return std::string_view("cb-dlps").find(c) != std::string_view::npos;
}

// "crw-rw---- 1 root root 236, 0 Mar 26 08:00 davinci0": type, and the name without folders.
bool take_node(std::string_view line, DeviceNodes& nodes) {
  const auto words = words_of(line);
  if (words.size() < 6 || words[0].size() < 10 || !is_type(words[0][0])) return false;
  std::string_view name = words.back();
  if (const auto slash = name.rfind('/'); slash != std::string_view::npos)
    name.remove_prefix(slash + 1);
  if (name.empty()) return false;
  nodes.types.emplace(name, words[0][0]);
  return true;
}

std::string lower(std::string_view text) {
  std::string low(text);
  std::transform(low.begin(), low.end(), low.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return low;
}

}  // namespace

Parsed<ContainerList> parse_container_list(std::string_view out, std::string_view err) {
  auto lines = rows_of(out, err, "docker ps");
  if (!lines) return lines.refusal();
  ContainerList list;
  for (const Line& line : lines.value()) {
    const auto cells = cells_of(line.text);
    if (cells.size() != 3 || cells[0].empty()) return malformed(line, "NAME|STATUS|IMAGE");
    list.rows.push_back({.name = std::string(cells[0]),
                         .status = std::string(cells[1]),
                         .image = std::string(cells[2]),
                         .running = lower(cells[1]).starts_with("up")});
  }
  return list;
}

Parsed<ImageList> parse_image_list(std::string_view out, std::string_view err) {
  auto lines = rows_of(out, err, "docker images");
  if (!lines) return lines.refusal();
  ImageList list;
  for (const Line& line : lines.value()) {
    const auto cells = cells_of(line.text);
    const bool sane = cells.size() == 2 && cells[0].find(':') != std::string::npos &&
                      !cells[1].empty() && words_of(cells[1]).size() == 1;
    if (!sane) return malformed(line, "REPOSITORY:TAG|ID");
    list.rows.push_back({.name = std::string(cells[0]), .id = std::string(cells[1])});
  }
  return list;
}

Parsed<DeviceNodes> parse_device_nodes(std::string_view out, std::string_view err) {
  auto lines = lines_inside(out, err, "ls -lL /dev");
  if (!lines) return lines.refusal();
  DeviceNodes nodes;
  for (const Line& line : lines.value()) {
    const std::string_view text = line.trimmed();
    // `ls` says so of links that lead nowhere, which /dev is full of.
    if (text.starts_with("total ") || text.starts_with("ls: ")) continue;
    if (!take_node(text, nodes)) return malformed(line, {"ls -l 的一行", "a line of ls -l"});
  }
  if (nodes.types.empty()) return malformed({"ls 没有列出节点", "ls names no node"});
  return nodes;
}

Parsed<SeenPaths> parse_seen_paths(std::string_view out, std::string_view err) {
  if (auto refusal = docker_exec_message(out, err)) return *refusal;
  if (is_blank(out) && is_blank(err)) return empty_answer("ls -d");
  auto lines = lines_of(out);
  if (!lines) return lines.refusal();
  SeenPaths seen;
  for (const Line& line : lines.value()) {
    const std::string_view text = line.trimmed();
    if (text.empty() || text.starts_with("ls: ")) continue;
    if (!text.starts_with('/')) return malformed(line, {"绝对路径", "an absolute path"});
    seen.paths.emplace(text);
  }
  if (seen.paths.empty() && out.find("ls: ") == std::string_view::npos &&
      err.find("ls: ") == std::string_view::npos)
    return malformed(err.empty() ? Text{"ls 没有列出路径", "ls names no path"}
                                 : message_of("ls", err));
  return seen;
}

Parsed<ProxyVariables> parse_proxy_variables(std::string_view out, std::string_view err) {
  if (auto refusal = docker_exec_message(out, err)) return *refusal;
  // What a shell's start prints, and values of several lines, stand between.
  auto lines = lines_of(out);
  if (!lines) return lines.refusal();
  ProxyVariables variables;
  bool home = false;
  for (const Line& line : lines.value()) {
    const auto field = split_at(line.text, '=');
    if (!field) continue;
    home = home || field->first == "HOME";
    const std::string name = lower(field->first);
    const bool proxy =
        name == "http_proxy" || name == "https_proxy" || name == "all_proxy" || name == "ftp_proxy";
    if (proxy && !trim(field->second).empty())
      variables.set[std::string(field->first)] = trim(field->second);
  }
  if (!home && is_blank(out)) return empty_answer("env");
  if (!home)
    return malformed(
        {"文本中没有 HOME=,不是环境变量", "the text has no HOME=, so it is no environment"});
  return variables;
}

}  // namespace touchstone
