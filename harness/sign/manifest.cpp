#include "harness/sign/manifest.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>

#include <fmt/format.h>

#include "harness/model/said.h"
#include "harness/model/sha256.h"

namespace touchstone {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSumDigits = 64;
constexpr std::array<std::pair<char, char>, 3> kEscapes{{{'\\', '\\'}, {'\n', 'n'}, {'\r', 'r'}}};

bool is_sum(std::string_view text) {
  return text.size() == kSumDigits &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string sum_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return "a file that cannot be read";
  Sha256 sum;
  std::string buffer(std::size_t{1} << 18, '\0');
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0)
    sum.add(std::string_view(buffer).substr(0, static_cast<std::size_t>(in.gcount())));
  return in.bad() ? "a file that cannot be read" : sum.hex();
}

std::string escaped(const std::string& path) {
  std::string text;
  for (const char c : path) {
    const auto* at =
        std::find_if(kEscapes.begin(), kEscapes.end(), [c](auto& e) { return e.first == c; });
    text += at == kEscapes.end() ? std::string(1, c) : std::string{'\\', at->second};
  }
  return text;
}

std::optional<std::string> unescaped(std::string_view text) {
  std::string path;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      path += text[i];
      continue;
    }
    const char sign = ++i < text.size() ? text[i] : '\0';
    const auto* at =
        std::find_if(kEscapes.begin(), kEscapes.end(), [&](auto& e) { return e.second == sign; });
    if (at == kEscapes.end()) return std::nullopt;
    path += at->first;
  }
  return path;
}

// Whether the path stays below the folder that it is taken from.
bool stays_inside(std::string_view path) {
  if (path.empty()) return false;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view name = path.substr(at, end - at);
    if (name.empty() || name == "." || name == "..") return false;
    at = end + 1;
  }
  return true;
}

}  // namespace

Sums sums_of(const fs::path& folder) try {
  Sums sums;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string path = entry.path().lexically_relative(folder).generic_string();
    if (path == kManifestName || path == kSignatureName) continue;
    if (entry.is_symlink())
      sums[path] = "a link";
    else if (entry.is_regular_file())
      sums[path] = sum_of(entry.path());
    else if (!entry.is_directory())
      sums[path] = "no regular file";
  }
  return sums;
} catch (const fs::filesystem_error& error) {
  throw SignError(said("{}:无法读取:{}", "{}: cannot be read: {}", error.path1().string(),
                       error.code().message()));
}

std::string manifest_text(const Sums& sums) {
  std::string text;
  for (const auto& [path, sum] : sums) {
    if (!is_sum(sum))
      throw SignError(said("{} 是 {}:只有可读的文件才能签署;请将其移走",
                           "{} is {}: only files that can be read can be signed; remove it", path,
                           sum));
    const std::string name = escaped(path);
    text += fmt::format("{}{}  {}\n", name == path ? "" : "\\", sum, name);
  }
  return text;
}

Sums read_manifest(std::string_view text) {
  Sums sums;
  std::size_t number = 0;
  const auto wrong = [&](const Text& why) {
    throw SignError(said("{} 第 {} 行:{}", "{}, line {}: {}", kManifestName, number, why));
  };
  while (!text.empty()) {
    ++number;
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) wrong({"被截断", "it was cut off"});
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    const bool has_escapes = line.starts_with('\\');
    if (has_escapes) line.remove_prefix(1);
    if (!is_sum(line.substr(0, kSumDigits)) || line.substr(kSumDigits, 2) != "  ")
      wrong({"不是“SHA-256 值、两个空格、路径”的形式",
             "this is not a SHA-256 sum, two spaces and a path"});
    const std::string_view name = line.substr(kSumDigits + 2);
    const auto path = has_escapes ? unescaped(name) : std::string(name);
    if (!path)
      wrong({"路径中有不转义任何字符的反斜杠",
             "there is a backslash in the path that escapes nothing"});
    if (path->find('\0') != std::string::npos)
      wrong({"路径中有 NUL", "there is a NUL in the path"});
    if (!stays_inside(*path))
      wrong(said("路径 {} 越出了目录", "the path {} leaves the folder", *path));
    if (!sums.emplace(*path, line.substr(0, kSumDigits)).second)
      wrong(said("{} 出现了两次", "{} is there twice", *path));
  }
  if (sums.empty()) throw SignError(said("{} 是空的", "{} is empty", kManifestName));
  return sums;
}

std::vector<Difference> differences(const Sums& then, const Sums& now) {
  using Kind = Difference::Kind;
  std::vector<Difference> all;
  for (const auto& [path, sum] : then) {
    const auto at = now.find(path);
    if (at == now.end())
      all.push_back({Kind::kMissing, path, ""});
    else if (at->second != sum)
      all.push_back({Kind::kChanged, path, is_sum(at->second) ? "" : at->second});
  }
  for (const auto& [path, sum] : now)
    if (!then.contains(path)) all.push_back({Kind::kAdded, path, is_sum(sum) ? "" : sum});
  std::stable_sort(all.begin(), all.end(),
                   [](const Difference& a, const Difference& b) { return a.path < b.path; });
  return all;
}

}  // namespace touchstone
