#include "harness/parse/systemctl.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "harness/model/said.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

using Kind = Refusal::Kind;

std::optional<Refusal> systemctl_message(std::string_view line) {
  const auto says = [&](std::string_view text) {
    return line.find(text) != std::string_view::npos;
  };
  const auto refuse = [&](Kind kind, const Text& meaning) {
    return Refusal{.kind = kind, .reason = message_of("systemctl", line, meaning)};
  };
  if (says("No files found for") || says("could not be found") ||
      says("Failed to get unit file state"))
    return refuse(Kind::kNotSet, {"没有安装这个单元", "no such unit is installed"});
  if (says("System has not been booted with systemd") || says("Failed to connect to bus") ||
      says("Failed to retrieve unit state"))
    return refuse(Kind::kErrorText, {"systemd 在此没有应答(是否在容器中?)",
                                     "systemd does not answer here (a container?)"});
  return std::nullopt;
}

// The message, if one of the streams is nothing else.
std::optional<Refusal> message_in(std::string_view out, std::string_view err) {
  auto lines = lines_of(is_blank(out) ? err : out);
  if (!lines) return lines.refusal();
  for (const Line& line : lines.value())
    if (!line.text.starts_with("#"))
      if (auto refusal = systemctl_message(line.text)) return refusal;
  return std::nullopt;
}

// The one word of is-active and is-enabled, out of those that systemctl knows.
template <std::size_t N>
Parsed<std::string> state_word(std::string_view out, std::string_view err, std::string_view command,
                               const std::array<std::string_view, N>& known) {
  if (auto refusal = message_in(out, err)) return *refusal;
  auto lines = lines_of_command(out, err, command);
  if (!lines) return lines.refusal();
  for (const Line& line : lines.value())
    if (std::find(known.begin(), known.end(), line.trimmed()) == known.end())
      return malformed(
          line, said("{} 的一个词,如 {}", "a word of {}, such as {}", command, known.front()));
  if (lines.value().size() > 1)
    return Refusal{
        .kind = Kind::kSeveral,
        .reason = said("有 {} 个单元的状态,而只查询了一个",
                       "the states of {} units where one was asked", lines.value().size())};
  return std::string(lines.value().front().trimmed());
}

constexpr std::array<std::string_view, 8> kActiveWords = {
    "active",       "inactive",  "failed",      "activating",
    "deactivating", "reloading", "maintenance", "unknown"};
constexpr std::array<std::string_view, 12> kEnabledWords = {
    "enabled", "enabled-runtime", "disabled",  "static",    "indirect", "alias",
    "masked",  "masked-runtime",  "generated", "transient", "linked",   "linked-runtime"};

}  // namespace

Parsed<SystemctlActive> parse_systemctl_active(std::string_view out, std::string_view err) {
  auto word = state_word(out, err, "systemctl is-active", kActiveWords);
  if (!word) return word.refusal();
  return SystemctlActive{.state = word.value(), .active = word.value() == "active"};
}

Parsed<SystemctlEnabled> parse_systemctl_enabled(std::string_view out, std::string_view err) {
  // systemd 253 and later print a word where older ones print a message.
  if (trim(out.substr(0, out.find('\n'))) == "not-found")
    return Refusal{
        .kind = Kind::kNotSet,
        .reason = {"\"not-found\":没有安装这个单元", "\"not-found\": no such unit is installed"}};
  auto word = state_word(out, err, "systemctl is-enabled", kEnabledWords);
  if (!word) return word.refusal();
  const std::string& state = word.value();
  return SystemctlEnabled{.state = state, .enabled = state == "enabled" || state == "alias"};
}

namespace {

// "# /etc/systemd/system/docker.service": systemctl cat puts the path above each file.
std::optional<std::string_view> file_comment(std::string_view line) {
  const auto path = after(line, "# /");
  if (!path || words_of(*path).size() != 1) return std::nullopt;
  const bool unit = path->ends_with(".conf") || path->find(".service") != std::string_view::npos ||
                    path->ends_with(".socket") || path->ends_with(".timer");
  return unit ? std::optional(line.substr(2)) : std::nullopt;
}

// A line and those that continue it (a backslash at the end).
std::string joined(const std::vector<Line>& lines, std::size_t& i) {
  std::string text(lines[i].trimmed());
  while (text.ends_with('\\') && i + 1 < lines.size()) {
    text.pop_back();
    text = std::string(trim(text)) + " " + std::string(lines[++i].trimmed());
  }
  return text;
}

std::optional<std::string_view> section_of(std::string_view line) {
  if (!line.starts_with('[') || !line.ends_with(']') || line.size() < 3) return std::nullopt;
  return line.substr(1, line.size() - 2);
}

}  // namespace

Parsed<UnitFile> parse_unit_file(std::string_view out, std::string_view err) {
  if (auto refusal =
          message_in(is_blank(out) ? "" : out.substr(0, out.find('\n')), is_blank(out) ? err : ""))
    return *refusal;
  auto lines = lines_of_command(out, err, "systemctl cat");
  if (!lines) return lines.refusal();
  UnitFile unit;
  std::string section, file;
  for (std::size_t i = 0; i < lines.value().size(); ++i) {
    const Line line = lines.value()[i];
    const std::string_view text = line.trimmed();
    if (const auto path = file_comment(text)) {
      file = *path;
      section.clear();
      continue;
    }
    if (text.starts_with('#') || text.starts_with(';')) continue;
    if (const auto name = section_of(text)) {
      section = *name;
      continue;
    }
    const std::string whole = joined(lines.value(), i);
    const auto field = split_at(whole, '=');
    if (!field || field->first.empty() || section.empty())
      return malformed(line, section.empty() ? "a [Section]" : "Key=value");
    unit.entries.push_back({.section = section,
                            .key = std::string(field->first),
                            .value = std::string(field->second),
                            .file = file,
                            .line = line.number});
  }
  if (unit.entries.empty())
    return malformed(
        {"文本中没有单元文件的 Key=value", "the text has no Key=value of a unit file"});
  return unit;
}

std::vector<UnitFile::Entry> UnitFile::in_force(std::string_view section,
                                                std::string_view key) const {
  std::vector<Entry> found;
  for (const Entry& entry : entries) {
    if (entry.section != section || entry.key != key) continue;
    if (entry.value.empty())
      found.clear();
    else
      found.push_back(entry);
  }
  return found;
}

}  // namespace touchstone
