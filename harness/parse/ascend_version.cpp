#include "harness/parse/ascend_version.h"

#include "harness/model/said.h"
#include "harness/parse/docker_messages.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

// "MindIE 2.0.T3.B010" and "2.0.T3.B010" are the same version.
std::string last_word(const std::string& text) {
  const auto words = words_of(text);
  return words.empty() ? "" : std::string(words.back());
}

}  // namespace

Parsed<AscendVersion> parse_ascend_version(std::string_view out, std::string_view err) {
  if (auto refusal = docker_exec_message(out, err)) return *refusal;
  auto lines = lines_of_command(out, err, "cat version.info");
  if (!lines) return lines.refusal();
  AscendVersion info;
  for (const Line& line : lines.value()) {
    const auto field = split_at(line.trimmed(), ':');
    if (!field || trim(field->first).empty()) return malformed(line, "NAME : VALUE");
    const std::string name(trim(field->first)), value(trim(field->second));
    if (info.package.empty() && name.starts_with("Ascend-") && words_of(name).size() == 1)
      info.package = name;
    info.fields.emplace(name, value);
  }
  if (info.package.empty())
    return malformed({"version.info 没有 Ascend-… : VERSION 一行",
                      "version.info has no line Ascend-… : VERSION"});
  // ATB names its release under its own name, and the build under "… Version".
  const auto build = info.fields.find(info.package + " Version");
  info.version = last_word(build != info.fields.end() && !build->second.empty()
                               ? build->second
                               : info.fields.at(info.package));
  if (info.version.empty())
    return malformed(
        said("version.info 没有 {} 的版本", "version.info names no version of {}", info.package));
  return info;
}

}  // namespace touchstone
