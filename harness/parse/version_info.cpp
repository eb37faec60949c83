#include "harness/parse/version_info.h"

#include "harness/model/said.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

// KEY=VALUE lines; the first of two equal keys wins, as with grep -m1.
Parsed<std::map<std::string, std::string>> assignments(std::string_view out, std::string_view err,
                                                       std::string_view file) {
  auto lines = lines_of_command(out, err, "cat " + std::string(file));
  if (!lines) return lines.refusal();
  std::map<std::string, std::string> fields;
  for (const Line& line : lines.value()) {
    if (line.trimmed().starts_with("#")) continue;
    const auto field = split_at(line.trimmed(), '=');
    if (!field || field->first.empty() || words_of(field->first).size() != 1)
      return malformed(line, "KEY=VALUE");
    fields.emplace(field->first, field->second);
  }
  return fields;
}

}  // namespace

Parsed<VersionInfo> parse_version_info(std::string_view out, std::string_view err) {
  auto fields = assignments(out, err, "version.info");
  if (!fields) return fields.refusal();
  const auto version = fields.value().find("Version");
  if (version == fields.value().end() || version->second.empty())
    return malformed({"version.info 没有 Version=… 一行", "version.info has no line Version=…"});
  if (words_of(version->second).size() != 1)
    return malformed(said("Version= 是 {},应为一个词", "Version= is {}, expected one word",
                          quoted(version->second)));
  return VersionInfo{.version = version->second, .fields = fields.value()};
}

Parsed<InstallInfo> parse_install_info(std::string_view out, std::string_view err) {
  auto fields = assignments(out, err, "install.info");
  if (!fields) return fields.refusal();
  InstallInfo info{.fields = fields.value()};
  for (const char* key : {"version", "Version"})
    if (const auto found = info.fields.find(key); found != info.fields.end()) {
      std::string_view version = found->second;
      if (version.starts_with('v') || version.starts_with('V')) version.remove_prefix(1);
      info.version = version;
      break;
    }
  return info;
}

}  // namespace touchstone
