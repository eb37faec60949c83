#include "harness/parse/stat.h"

#include <fmt/format.h>

#include <charconv>

#include "harness/model/said.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

std::optional<int> octal_of(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 8);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && value >= 0 && value <= 07777 ? std::optional(value) : std::nullopt;
}

std::vector<std::string_view> split_all(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t at = text.find(separator); at != std::string_view::npos;
       at = text.find(separator)) {
    parts.push_back(text.substr(0, at));
    text.remove_prefix(at + 1);
  }
  parts.push_back(text);
  return parts;
}

bool is_digest(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// "DIGEST  PATH", or "DIGEST *PATH" in binary mode; a backslash before the digest marks an escaped
// name.
std::optional<FileSum> sha256_of(std::string_view line) {
  if (line.starts_with('\\')) line.remove_prefix(1);
  const std::string_view digest = line.substr(0, 64);
  if (!is_digest(digest) || line.size() < 67) return std::nullopt;
  const std::string_view gap = line.substr(64, 2);
  if (gap != "  " && gap != " *") return std::nullopt;
  return FileSum{.digest = std::string(digest), .path = std::string(line.substr(66))};
}

}  // namespace

Parsed<FileStat> parse_stat(std::string_view out, std::string_view err) {
  auto line = line_of_command(out, err, "stat");
  if (!line) return line.refusal();
  const auto parts = split_all(line.value().trimmed(), '|');
  const Refusal shape = malformed(
      line.value(),
      said("stat -c '{}' 的输出:640|0|0|root|root|SIZE|TIME|regular file",
           "what stat -c '{}' prints: 640|0|0|root|root|SIZE|TIME|regular file", kStatFormat));
  if (parts.size() != 8) return shape;
  const auto mode = octal_of(parts[0]);
  const auto uid = integer_of(parts[1]), gid = integer_of(parts[2]), size = integer_of(parts[5]),
             modified = integer_of(parts[6]);
  if (!mode || !uid || !gid || !size || !modified || *uid < 0 || *gid < 0 || *size < 0 ||
      parts[7].empty())
    return shape;
  return FileStat{.mode = *mode,
                  .uid = *uid,
                  .gid = *gid,
                  .owner = std::string(parts[3]),
                  .group = std::string(parts[4]),
                  .size = *size,
                  .modified = *modified,
                  .type = std::string(parts[7])};
}

bool mode_within(int mode, int limit) {
  for (int shift = 0; shift <= 9; shift += 3)
    if ((mode >> shift & 7) > (limit >> shift & 7)) return false;
  return true;
}

int mode_of_digits(std::string_view digits) {
  int mode = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), mode, 8);
  return mode;
}

std::string mode_text(int mode) {
  return fmt::format("{:03o}", mode);
}

Parsed<std::vector<FileSum>> parse_sha256sum_each(std::string_view out, std::string_view err) {
  auto lines = lines_of_command(out, err, "sha256sum");
  if (!lines) return lines.refusal();
  std::vector<FileSum> sums;
  for (const Line& line : lines.value()) {
    auto sum = sha256_of(line.text);
    if (!sum)
      return malformed(line, {"64 位十六进制数字、两个空格和路径",
                              "64 hexadecimal digits, two blanks and a path"});
    sums.push_back(std::move(*sum));
  }
  return sums;
}

Parsed<FileSum> parse_sha256sum(std::string_view out, std::string_view err) {
  auto sums = parse_sha256sum_each(out, err);
  if (!sums) return sums.refusal();
  if (sums.value().size() > 1)
    return Refusal{.kind = Refusal::Kind::kSeveral,
                   .reason = said("有 {} 个文件的校验和,而只查询了一个",
                                  "the sums of {} files where one was asked", sums.value().size())};
  return std::move(sums.value().front());
}

}  // namespace touchstone
