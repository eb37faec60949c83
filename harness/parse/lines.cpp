#include "harness/parse/lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include <charconv>
#include <cmath>

#include "harness/model/said.h"
#include "harness/model/utf8.h"
#include "harness/parse/shell_messages.h"

namespace touchstone {
namespace {

constexpr std::size_t kMaxAnswer = 4 << 20;  // four times what a probe keeps
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

std::string_view without_end(std::string_view text) {
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::optional<Refusal> hostile(std::string_view text) {
  if (text.size() > kMaxAnswer)
    return malformed(
        said("有 {} 字节,超过任何回答", "{} bytes are more than any answer has", text.size()));
  int line = 1;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n') ++line;
    if (byte == 0x1b)
      return malformed(said("第 {} 行有终端转义序列(颜色);请给出纯文本",
                            "line {} has terminal escape sequences (colours); give the plain text",
                            line));
    if ((byte < 0x20 && c != '\n' && !is_space(c)) || byte == 0x7f)
      return malformed(said("第 {} 行有控制字符 0x{:02x}:不是文本",
                            "line {} has the control character 0x{:02x}: no text", line, byte));
  }
  return std::nullopt;
}

// The driver's library logs to stdout of whoever loads it, in containers above all; it is no
// answer.
bool is_driver_noise(std::string_view line) {
  return line.starts_with("DrvMngGetConsoleLogLevel failed.");
}

template <class T>
std::optional<T> whole_number(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::string_view trim(std::string_view text) {
  text = without_end(text);
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  return text;
}

std::string_view Line::trimmed() const {
  return trim(text);
}

bool is_blank(std::string_view text) {
  for (const char c : text)
    if (c != '\n' && !is_space(c)) return false;
  return true;
}

Parsed<std::vector<Line>> lines_of(std::string_view text) {
  if (const auto refusal = hostile(text)) return *refusal;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::vector<Line> lines;
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    const std::string_view line = without_end(text.substr(0, end));
    if (!is_driver_noise(line)) lines.push_back({line, number});
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::string_view trim_all(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (text = trim(text); !text.empty(); text = trim(text)) {
    std::size_t end = 0;
    while (end < text.size() && !is_space(text[end])) ++end;
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

std::optional<std::pair<std::string_view, std::string_view>> split_at(std::string_view text,
                                                                      char separator) {
  const std::size_t at = text.find(separator);
  if (at == std::string_view::npos) return std::nullopt;
  return std::pair{trim(text.substr(0, at)), trim(text.substr(at + 1))};
}

std::vector<std::string_view> cells_of(std::string_view text) {
  std::vector<std::string_view> cells;
  for (;;) {
    const auto bar = text.find('|');
    cells.push_back(trim(text.substr(0, bar)));
    if (bar == std::string_view::npos) break;
    text.remove_prefix(bar + 1);
  }
  return cells;
}

std::optional<std::string_view> after(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return std::nullopt;
  return trim(text.substr(prefix.size()));
}

std::optional<std::int64_t> integer_of(std::string_view text) {
  return whole_number<std::int64_t>(text);
}

std::optional<std::uint64_t> counter_of(std::string_view text) {
  return whole_number<std::uint64_t>(text);
}

std::optional<double> number_of(std::string_view text) {
  const auto value = whole_number<double>(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::string valid_utf8(std::string_view text) {
  std::string valid;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    valid += next_character(text, at) ? text.substr(from, at - from) : "\xEF\xBF\xBD";
  }
  return valid;
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kShown = 96;
  const bool cut = text.size() > kShown;
  text = text.substr(0, kShown);
  // A cut in the middle of a character would show as a wrong one.
  while (cut && !text.empty() && (static_cast<unsigned char>(text.back()) & 0xc0) == 0x80)
    text.remove_suffix(1);
  if (cut && !text.empty() && static_cast<unsigned char>(text.back()) >= 0xc0)
    text.remove_suffix(1);
  std::string shown = valid_utf8(text);
  for (char& c : shown)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return fmt::format("\"{}{}\"", shown, cut ? " [cut]" : "");
}

Refusal malformed(Text reason) {
  return {.kind = Refusal::Kind::kMalformed, .reason = std::move(reason)};
}

Refusal malformed(const Line& line, const Phrase& expected) {
  return malformed(said("第 {} 行是 {},应为{}", "line {} is {}, expected {}", line.number,
                        quoted(line.trimmed()), expected));
}

Refusal empty_answer(const Phrase& command) {
  return {.kind = Refusal::Kind::kEmpty,
          .reason = said("{} 没有输出", "{} printed nothing", command)};
}

Refusal only_message(const Phrase& command, const Line& line) {
  return {.kind = Refusal::Kind::kErrorText,
          .reason = said("{} 只输出了消息 {}", "{} printed nothing but the message {}", command,
                         quoted(line.trimmed()))};
}

Text message_of(std::string_view tool, std::string_view line) {
  return said("{} 报告 {}", "{} says {}", tool, quoted(trim(line)));
}

Text message_of(std::string_view tool, std::string_view line, const Text& meaning) {
  return said("{}:{}", "{}: {}", message_of(tool, line), meaning);
}

bool is_elision(std::string_view line) {
  line = trim(line);
  if (line.starts_with('[') && line.ends_with(']')) line = line.substr(1, line.size() - 2);
  if (line == "…" || line == "……") return true;
  return line.size() >= 3 && line.find_first_not_of('.') == std::string_view::npos;
}

std::optional<Refusal> elision_in(const std::vector<Line>& lines) {
  for (const Line& line : lines)
    if (is_elision(line.text))
      return Refusal{
          .kind = Refusal::Kind::kElided,
          .reason =
              said("第 {} 行是 \"...\":有省略的行;请给出命令的全部输出",
                   "line {} is \"...\": lines were left out; give the whole output of the command",
                   line.number)};
  return std::nullopt;
}

namespace {

// Why a command that printed nothing to stdout did so.
Refusal why_nothing(std::string_view err, const Phrase& command) {
  auto complaints = lines_of(err);
  if (!complaints) return complaints.refusal();
  for (const Line& line : complaints.value())
    if (auto message = shell_message(line.text)) return *message;
  for (const Line& line : complaints.value())
    if (!is_blank(line.text)) return only_message(command, line);
  return empty_answer(command);
}

}  // namespace

Parsed<std::vector<Line>> filled_lines_of(std::string_view out, std::string_view err,
                                          const Phrase& command) {
  auto lines = lines_of(out);
  if (!lines) return lines;
  std::vector<Line> filled;
  for (const Line& line : lines.value())
    if (!is_blank(line.text)) filled.push_back(line);
  if (filled.empty()) return why_nothing(err, command);
  // Messages of cat and the like name the command before a colon; the lines of a file seldom do.
  if (filled.size() == 1 && filled.front().text.find(": ") != std::string_view::npos)
    if (auto message = shell_message(filled.front().text)) return *message;
  return filled;
}

Parsed<std::vector<Line>> lines_of_command(std::string_view out, std::string_view err,
                                           const Phrase& command) {
  auto lines = filled_lines_of(out, err, command);
  if (!lines) return lines;
  if (auto refusal = elision_in(lines.value())) return *refusal;
  return lines;
}

Parsed<Line> line_of_command(std::string_view out, std::string_view err, const Phrase& command) {
  auto lines = lines_of_command(out, err, command);
  if (!lines) return lines.refusal();
  if (lines.value().size() > 1)
    return malformed(lines.value()[1],
                     said("空:{} 只输出一行", "nothing: {} prints one line", command));
  return lines.value().front();
}

}  // namespace touchstone
