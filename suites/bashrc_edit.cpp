#include "suites/bashrc_edit.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "harness/model/evidence.h"
#include "harness/model/lines_with_ends.h"
#include "harness/model/shell_words.h"
#include "harness/parse/bashrc.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

// Goes on in the next line.
bool continues(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  return line.ends_with('\\');
}

std::string_view first_word(std::string_view command) {
  command = trim_all(command);
  return command.substr(0, command.find_first_of(" \t;&|()<>"));
}

// Opened and closed by one command, as far as its first words tell.
int opened_by(std::string_view command) {
  std::string_view word = first_word(command);
  // `then`, `do`, `else` stand before a command in the same line.
  while (word == "then" || word == "do" || word == "else") {
    command = trim_all(trim_all(command).substr(word.size()));
    word = first_word(command);
  }
  int open = 0;
  for (const std::string_view one : {"if", "case", "for", "while", "until", "select", "{"})
    open += word == one;
  for (const std::string_view one : {"fi", "esac", "done", "}"}) open -= word == one;
  if (word != "{" && trim_all(command).ends_with('{')) ++open;  // name() {
  return open;
}

int opened_by_line(std::string_view line) {
  line = trim_all(line);
  if (line.starts_with('#')) return 0;
  int open = 0;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find(';'), line.size());
    open += opened_by(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return open;
}

std::string export_line(const std::string& name, const std::string& value) {
  const auto control = [](unsigned char c) { return c < ' ' || c == 0x7f; };
  const auto of_name = [](unsigned char c) { return std::isalnum(c) || c == '_'; };
  if (std::any_of(value.begin(), value.end(), control) ||
      !std::all_of(name.begin(), name.end(), of_name))
    throw NoEvidence({name + " 的值不能写成一行", "the value of " + name + " is no line of text"});
  return fmt::format("export {}={}\n", name, typed(value));
}

std::string block_of(std::string_view before, LineRange range, const BashrcNeeds& needs) {
  std::vector<std::string> sources;
  std::map<std::string, std::string> exports = needs.exports;
  const auto source = [&](const std::string& path) {
    if (std::find(sources.begin(), sources.end(), path) == sources.end()) sources.push_back(path);
  };
  if (const auto old = parse_bashrc(before, ""); old && range.first > 0) {
    for (const auto& one : old.value().sources)
      if (range.holds(one.line)) source(one.path);
    for (const auto& one : old.value().assignments)
      if (range.holds(one.line) && one.stray.empty() && !one.computed)
        exports.emplace(one.name, one.value);
  }
  for (const std::string& path : needs.sources) source(path);
  std::string lines;
  for (const std::string& path : sources) lines += "source " + typed(path) + "\n";
  for (const auto& [name, value] : exports) lines += export_line(name, value);
  if (lines.empty()) return "";
  return fmt::format(
      "{}\n# Managed by touchstone: `touchstone run --fix` writes these lines anew. Change what "
      "stands outside.\n{}{}\n",
      kBlockBegins, lines, kBlockEnds);
}

}  // namespace

LineRange managed_block(std::string_view text) {
  LineRange range;
  int number = 0;
  bool twice = false;
  for (const std::string_view line : lines_with_ends(text)) {
    ++number;
    const bool begins = trim_all(line) == kBlockBegins, ends = trim_all(line) == kBlockEnds;
    twice |= (begins && range.first > 0) || (ends && (range.last > 0 || range.first == 0));
    if (begins) range.first = number;
    if (ends) range.last = number;
  }
  if (twice || (range.first > 0) != (range.last > 0))
    throw NoEvidence({"~/.bashrc 中 touchstone 的起止标记不成对,请手工修改",
                      "the marks of touchstone's block in ~/.bashrc are no pair; edit it by hand"});
  return range;
}

std::vector<int> nesting_of(std::string_view text) {
  std::vector<int> nesting;
  int open = 0;
  for (const std::string_view line : lines_with_ends(text)) {
    nesting.push_back(open);
    open = std::max(0, open + opened_by_line(line));
  }
  return nesting;
}

bool sets_only(std::string_view text, int number, std::string_view name) {
  const auto lines = lines_with_ends(text);
  if (number < 1 || static_cast<std::size_t>(number) > lines.size()) return false;
  const auto at = static_cast<std::size_t>(number - 1);
  // Within a here-document it would be no command at all.
  for (std::size_t i = 0; i < at; ++i)
    if (lines[i].find("<<") != std::string_view::npos && !trim_all(lines[i]).starts_with('#') &&
        lines[i].find("<<<") == std::string_view::npos)
      return false;
  std::string_view line = trim_all(lines[at]);
  if (continues(line) || (at > 0 && continues(lines[at - 1]))) return false;
  if (line.find_first_of(";&|()<>`") != std::string_view::npos) return false;
  // One quote that is not closed here would be closed in a later line.
  for (const char quote : {'"', '\''})
    if (std::count(line.begin(), line.end(), quote) % 2 != 0) return false;
  if (line.starts_with("export ") || line.starts_with("export\t")) line = trim_all(line.substr(7));
  if (!line.starts_with(name) || !line.substr(name.size()).starts_with('=')) return false;
  // One word is the value; behind it a comment may stand, or what a blank behind the = split off.
  const std::string_view rest = line.substr(name.size() + 1);
  std::size_t end = 0;
  while (end < rest.size() && rest[end] != ' ' && rest[end] != '\t') {
    const char c = rest[end++];
    if (c == '"' || c == '\'') end = std::min(rest.find(c, end), rest.size() - 1) + 1;
  }
  const std::string_view behind = trim_all(rest.substr(end));
  if (behind.empty() || behind.starts_with('#')) return true;
  const std::string_view stray = behind.substr(0, behind.find_first_of(" \t"));
  const std::string_view after = trim_all(behind.substr(stray.size()));
  return end == 0 && stray.find('=') == std::string_view::npos &&
         (after.empty() || after.starts_with('#'));
}

int line_that_ends(std::string_view text) {
  const auto nesting = nesting_of(text);
  const auto lines = lines_with_ends(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = trim_all(lines[i]);
    const std::string_view word = line.substr(0, line.find_first_of(" \t;#"));
    const bool redirects = word == "exec" && line.find_first_of("<>") != std::string_view::npos;
    if (nesting[i] == 0 && !redirects && (word == "return" || word == "exit" || word == "exec") &&
        (i == 0 || !continues(lines[i - 1])))
      return static_cast<int>(i) + 1;
  }
  return 0;
}

std::string edit_bashrc(std::string_view text, const BashrcNeeds& needs) {
  const LineRange range = managed_block(text);
  const std::string block = block_of(text, range, needs);
  const std::vector<int> nesting = nesting_of(text);
  std::string edited;
  int number = 0;
  for (const std::string_view line : lines_with_ends(text)) {
    ++number;
    if (range.first > 0 && range.holds(number)) continue;
    if (needs.off.contains(number)) {
      const std::size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
      edited += line.substr(0, indent);
      // A condition must keep a command, or the shell does not understand the file.
      if (nesting[static_cast<std::size_t>(number - 1)] > 0) edited += ": ";
      edited += fmt::format("{}{}", kSwitchedOff, line.substr(indent));
    } else {
      edited += line;
    }
  }
  if (block.empty()) return edited;
  if (const int last = line_that_ends(edited))
    throw NoEvidence(
        {fmt::format("~/.bashrc 第 {} 行无条件结束,其后的内容不会被读取,请手工修改", last),
         fmt::format("line {} of ~/.bashrc ends it for every shell, so nothing behind is read; "
                     "edit it by hand",
                     last)});
  const bool joins = continues(edited);
  if (!edited.empty() && !edited.ends_with('\n')) edited += '\n';
  if (joins) edited += '\n';
  return edited + block;
}

}  // namespace touchstone
