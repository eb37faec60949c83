#include "harness/parse/meminfo.h"

#include "harness/parse/lines.h"

namespace touchstone {
namespace {

// "       16314464 kB"
std::optional<std::int64_t> kibibytes(std::string_view text) {
  const auto words = words_of(text);
  const auto value = words.size() == 2 && words[1] == "kB" ? integer_of(words[0]) : std::nullopt;
  return value && *value >= 0 ? value : std::nullopt;
}

}  // namespace

Parsed<MemInfo> parse_meminfo(std::string_view out, std::string_view err) {
  auto lines = lines_of_command(out, err, "cat /proc/meminfo");
  if (!lines) return lines.refusal();
  MemInfo memory;
  for (const Line& line : lines.value()) {
    const auto field = split_at(line.trimmed(), ':');
    if (!field) return malformed(line, "\"Name: N kB\"");
    const bool total = field->first == "MemTotal", available = field->first == "MemAvailable";
    if (!total && !available) continue;
    const auto value = kibibytes(field->second);
    if (!value) return malformed(line, {"kB 数", "a number of kB"});
    (total ? memory.total_kib : memory.available_kib) = *value;
  }
  if (memory.total_kib == 0)
    return malformed(
        {"文本中没有 /proc/meminfo 的 MemTotal", "the text has no MemTotal of /proc/meminfo"});
  return memory;
}

}  // namespace touchstone
