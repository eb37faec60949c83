#pragma once

// What the parsers of this room share: text cut into lines, words read as numbers, refusals worded
// alike.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/model/parsed.h"

namespace touchstone {

struct Line {
  std::string_view text;  // without its end and trailing blanks
  int number = 0;         // from 1
  std::string_view trimmed() const;
};

// Refuses what no tool prints: NUL, terminal colours and other control characters, more than 4 MiB.
// A byte order mark at the beginning and CR before LF are taken off; so are lines of the driver's
// own log.
Parsed<std::vector<Line>> lines_of(std::string_view text);

bool is_blank(std::string_view text);
std::string_view trim(std::string_view text);
std::string_view trim_all(std::string_view text);  // ends of lines, too
std::vector<std::string_view> words_of(std::string_view text);
std::optional<std::pair<std::string_view, std::string_view>> split_at(std::string_view text,
                                                                      char separator);
// "a | b | c" → a, b, c: trimmed.
std::vector<std::string_view> cells_of(std::string_view text);
// What follows the prefix, trimmed; nothing if the text does not begin with it.
std::optional<std::string_view> after(std::string_view text, std::string_view prefix);

// The whole text as a number: no sign but '-', nothing around it, nothing too large.
std::optional<std::int64_t> integer_of(std::string_view text);
std::optional<std::uint64_t> counter_of(std::string_view text);
std::optional<double> number_of(std::string_view text);

// A piece of foreign text for a reason: in quotes, shortened, valid UTF-8, one line.
std::string quoted(std::string_view text);
// Better matches than std::quoted, which is looked up as well where <iomanip> is included.
inline std::string quoted(const std::string& text) {
  return quoted(std::string_view(text));
}
inline std::string quoted(std::string& text) {
  return quoted(std::string_view(text));
}
std::string valid_utf8(std::string_view text);

Refusal malformed(Text reason);
Refusal malformed(const Line& line, const Phrase& expected);
Refusal empty_answer(const Phrase& command);
Refusal only_message(const Phrase& command, const Line& line);
// What a tool said instead of an answer; where that is known, what it means.
Text message_of(std::string_view tool, std::string_view line);
Text message_of(std::string_view tool, std::string_view line, const Text& meaning);

// "...", "…", "......", "[...]" alone on a line: rows that a document left out.
bool is_elision(std::string_view line);
std::optional<Refusal> elision_in(const std::vector<Line>& lines);

// Common start of the parsers of files and small commands: the filled lines of `out`, or the reason
// why there are none (control characters, emptiness, a message of the shell).
Parsed<std::vector<Line>> filled_lines_of(std::string_view out, std::string_view err,
                                          const Phrase& command);
// The same, refusing texts with lines left out.
Parsed<std::vector<Line>> lines_of_command(std::string_view out, std::string_view err,
                                           const Phrase& command);
// The same, of a command that prints one line.
Parsed<Line> line_of_command(std::string_view out, std::string_view err, const Phrase& command);

}  // namespace touchstone
