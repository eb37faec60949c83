#include "harness/parse/version_info.h"

#include <algorithm>

#include "harness/model/said.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

// KEY=VALUE lines. A key may stand twice, but not with two values.
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
    const auto [at, fresh] = fields.emplace(field->first, field->second);
    if (!fresh && at->second != field->second)
      return malformed(line, said("{} 只有一个值,上面是 {}", "one value of {}, which is {} above",
                                  quoted(field->first), quoted(at->second)));
  }
  return fields;
}

// "24.1.xx": a document's.
std::optional<Refusal> masked_version(std::string_view version) {
  for (auto rest = version; !rest.empty();) {
    const std::size_t dot = std::min(rest.find('.'), rest.size());
    if (dot > 0 && rest.substr(0, dot).find_first_not_of("xX*#?") == std::string_view::npos)
      return Refusal{.kind = Refusal::Kind::kMasked,
                     .reason = said("版本 {} 被文档作者遮盖;请给出真实的文件",
                                    "the version {} is masked by whoever wrote the document; give "
                                    "the real file",
                                    quoted(version))};
    rest.remove_prefix(std::min(dot + 1, rest.size()));
  }
  return std::nullopt;
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
  if (auto refusal = masked_version(version->second)) return *refusal;
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
      if (auto refusal = masked_version(version)) return *refusal;
      info.version = version;
      break;
    }
  return info;
}

}  // namespace touchstone
