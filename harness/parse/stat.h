#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/parsed.h"

namespace touchstone {

// The argument of `stat -c`; names with blanks survive it. `stat -c FORMAT PATH` sees a symbolic
// link, `stat -L -c …` what it names.
inline constexpr std::string_view kStatFormat = "%a|%u|%g|%U|%G|%s|%Y|%F";

// `stat -c '%a|%u|%g|%U|%G|%s|%Y|%F' PATH`, one path. No such file: kNotSet.
struct FileStat {
  int mode = 0;  // the permission bits: 0640; with set-uid, set-gid and sticky bits
  std::int64_t uid = 0;
  std::int64_t gid = 0;
  std::string owner;  // "UNKNOWN" where the id has no name
  std::string group;
  std::int64_t size = 0;
  std::int64_t modified = 0;  // seconds since 1970
  std::string type;  // "regular file", "symbolic link", "directory", "character special file", …

  bool is_regular() const { return type == "regular file" || type == "regular empty file"; }
  bool operator==(const FileStat&) const = default;
};
Parsed<FileStat> parse_stat(std::string_view out, std::string_view err);

// True if no digit of the mode exceeds its digit in the limit: 0600 and 0440 are within 0640, 0644
// and 0555 are not.
bool mode_within(int mode, int limit);
std::string mode_text(int mode);              // 0640 → "640"
int mode_of_digits(std::string_view digits);  // "640" → 0640; what is no octal number counts as 0

// `sha256sum PATH`
struct FileSum {
  std::string digest;  // 64 lower-case hex digits
  std::string path;
  bool operator==(const FileSum&) const = default;
};
Parsed<FileSum> parse_sha256sum(std::string_view out, std::string_view err);
Parsed<std::vector<FileSum>> parse_sha256sum_each(std::string_view out, std::string_view err);

}  // namespace touchstone
