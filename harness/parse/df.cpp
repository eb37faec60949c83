#include "harness/parse/df.h"

#include "harness/model/said.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

// "/dev/sda1   1000   400   600   40% /data": names may have blanks, so the numbers are looked for.
std::optional<DiskFree> row_of(std::string_view line) {
  const auto words = words_of(line);
  for (std::size_t i = 1; i + 4 < words.size(); ++i) {
    const auto size = integer_of(words[i]), used = integer_of(words[i + 1]),
               available = integer_of(words[i + 2]);
    const bool share = words[i + 3].ends_with('%') || words[i + 3] == "-";
    if (!size || !used || !available || !share || !words[i + 4].starts_with('/')) continue;
    if (*size < 0 || *used < 0) return std::nullopt;
    const char* begin = line.data();
    const std::string_view name(begin, static_cast<std::size_t>(words[i].data() - begin));
    const std::string_view mount =
        line.substr(static_cast<std::size_t>(words[i + 4].data() - begin));
    return DiskFree{.filesystem = std::string(trim(name)),
                    .size_kib = *size,
                    .used_kib = *used,
                    .available_kib = *available,
                    .mount = std::string(mount)};
  }
  return std::nullopt;
}

}  // namespace

Parsed<std::vector<DiskFree>> parse_df_each(std::string_view out, std::string_view err) {
  auto lines = lines_of_command(out, err, "df -Pk");
  if (!lines) return lines.refusal();
  std::vector<DiskFree> rows;
  for (std::size_t i = 0; i < lines.value().size(); ++i) {
    const Line& line = lines.value()[i];
    if (i == 0) {
      if (!line.text.starts_with("Filesystem") ||
          line.text.find("1024-blocks") == std::string_view::npos)
        return malformed(
            line, {"df -Pk 的表头,其中有 1024-blocks", "the header of df -Pk, with 1024-blocks"});
      continue;
    }
    auto row = row_of(line.text);
    if (!row)
      return malformed(line, {"文件系统、大小、已用、可用、占比和挂载点",
                              "file system, size, used, available, share and mount point"});
    rows.push_back(std::move(*row));
  }
  if (rows.empty())
    return malformed(
        {"df 的表头之后没有文件系统", "the header of df is followed by no file system"});
  return rows;
}

Parsed<DiskFree> parse_df(std::string_view out, std::string_view err) {
  auto rows = parse_df_each(out, err);
  if (!rows) return rows.refusal();
  if (rows.value().size() > 1)
    return Refusal{.kind = Refusal::Kind::kSeveral,
                   .reason = said("df 列出 {} 个文件系统,而只查询了一个路径",
                                  "df tells of {} file systems where one path was asked",
                                  rows.value().size())};
  return std::move(rows.value().front());
}

}  // namespace touchstone
