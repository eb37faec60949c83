#include "harness/config/source_text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include <fmt/format.h>

#include "harness/config/config_error.h"
#include "harness/model/said.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

constexpr std::size_t kMostBytes = 16 << 20;

bool continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

bool control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
}

// What stands in a line that no text has; its column in bytes from 0.
struct Alien {
  std::size_t column;
  Text message;
};
constexpr std::size_t kNone = std::string_view::npos;

Alien alien_in(std::string_view line) {
  const auto at = std::find_if(line.begin(), line.end(), control);
  if (at != line.end())
    return {static_cast<std::size_t>(at - line.begin()),
            said("有控制字符(0x{:02x});这不是文本文件",
                 "there is a control character (0x{:02x}); this is no text file",
                 static_cast<unsigned char>(*at))};
  const std::string clean = valid_utf8(line);
  if (clean == line) return {kNone, {}};
  const auto differs = std::mismatch(line.begin(), line.end(), clean.begin(), clean.end()).first;
  return {static_cast<std::size_t>(differs - line.begin()),
          {"文本不是 UTF-8;请保存为 UTF-8", "the text is not UTF-8; save the file in UTF-8"}};
}

}  // namespace

SourceText::SourceText(std::string_view text, std::string file)
    : file_(std::move(file)), text_(text) {
  if (text_.size() > kMostBytes)
    throw ConfigError({{.file = file_,
                        .message = said("文件有 {} 字节;至多读取 {} 字节",
                                        "the file has {} bytes; at most {} are read", text_.size(),
                                        kMostBytes)}});
  if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
  starts_.push_back(0);
  for (std::size_t i = text_.find('\n'); i != kNone; i = text_.find('\n', i + 1))
    starts_.push_back(i + 1);
  for (std::size_t i = 0; i < starts_.size(); ++i)
    if (const Alien alien = alien_in(line(i + 1)); alien.column != kNone)
      refuse(position(i, alien.column), alien.message);
}

std::string_view SourceText::line(std::size_t number) const {
  if (number < 1 || number > starts_.size()) return "";
  const std::string_view rest = text_.substr(starts_[number - 1]);
  std::string_view line = rest.substr(0, rest.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::size_t SourceText::offset(std::size_t line, std::size_t byte_column) const {
  if (line >= starts_.size()) return text_.size();
  return std::min(starts_[line] + byte_column, text_.size());
}

TextPosition SourceText::position(std::size_t line_from_0, std::size_t byte_column) const {
  const std::string_view before = line(line_from_0 + 1).substr(0, byte_column);
  const auto characters = std::count_if(before.begin(), before.end(), std::not_fn(continuation));
  return {static_cast<int>(line_from_0) + 1, static_cast<int>(characters) + 1};
}

void SourceText::refuse(TextPosition at, Text message) const {
  throw ConfigError(
      {{.file = file_, .line = at.line, .column = at.column, .message = std::move(message)}});
}

std::string read_config_file(const std::string& path, const Phrase& what) {
  const auto refuse = [&](const Text& why) {
    throw ConfigError({{.file = path, .message = said("{}:{}", "{}: {}", what, why)}});
  };
  if (std::error_code error; std::filesystem::is_directory(path, error))
    refuse({"这是目录;请给出其中的文件", "this is a folder; give the file in it"});
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) refuse(said("无法读取(\"{}\")", "cannot be read ({})", std::strerror(errno)));
  std::string text;
  for (std::array<char, 65536> part; text.size() <= kMostBytes && file;) {
    file.read(part.data(), part.size());
    text.append(part.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) refuse({"没有读到结尾", "could not be read to its end"});
  if (text.size() > kMostBytes)
    refuse(said("超过 {} MiB;是否弄错了文件?", "is larger than {} MiB; is it the right file?",
                kMostBytes >> 20));
  return text;
}

}  // namespace touchstone
