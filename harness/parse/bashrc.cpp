#include "harness/parse/bashrc.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include <fmt/format.h>

#include "harness/model/said.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

// One word of a command: `text` without its quotes.
struct Word {
  std::string text;
  bool computed = false;
  std::size_t name_end = 0;  // where an unquoted '=' stands; 0: nowhere
};

constexpr std::size_t kLongestLine = 1 << 16;

// Cuts one line into commands of words, as a shell would: quotes and backslashes are taken off, an
// unquoted # at the beginning of a word ends the line.
class Splitter {
 public:
  explicit Splitter(std::string_view line) : line_(line) {}

  std::vector<std::vector<Word>> commands() {
    while (at_ < line_.size()) {
      const char c = line_[at_];
      if (c == ' ' || c == '\t') {
        end_word();
        ++at_;
      } else if (c == '#' && !in_word_) {
        break;
      } else if (c == ';' || c == '&' || c == '|' || c == '(' || c == ')') {
        end_command();
        ++at_;
      } else {
        character();
      }
    }
    end_command();
    return std::move(commands_);
  }

 private:
  void end_word() {
    if (in_word_) words_.push_back(std::move(word_));
    word_ = {};
    in_word_ = false;
  }
  void end_command() {
    end_word();
    if (!words_.empty()) commands_.push_back(std::move(words_));
    words_ = {};
  }
  void character() {
    in_word_ = true;
    const char c = line_[at_++];
    if (c == '\'') {
      while (at_ < line_.size() && line_[at_] != '\'') word_.text += line_[at_++];
      ++at_;
    } else if (c == '"') {
      double_quoted();
    } else if (c == '\\') {
      if (at_ < line_.size()) word_.text += line_[at_++];
    } else if (c == '$' && at_ < line_.size() && line_[at_] == '(') {
      substitution();
    } else {
      if (c == '$' || c == '`') word_.computed = true;
      if (c == '=' && word_.name_end == 0) word_.name_end = word_.text.size();
      word_.text += c;
    }
  }
  void double_quoted() {
    while (at_ < line_.size() && line_[at_] != '"') {
      if (line_[at_] == '\\' && at_ + 1 < line_.size())
        ++at_;
      else if (line_[at_] == '$' || line_[at_] == '`')
        word_.computed = true;
      word_.text += line_[at_++];
    }
    ++at_;
  }
  // $(…) belongs to its word, blanks and all.
  void substitution() {
    word_.computed = true;
    word_.text += '$';
    int depth = 0;
    while (at_ < line_.size()) {
      const char c = line_[at_++];
      word_.text += c;
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0) return;
    }
  }

  std::string_view line_;
  std::size_t at_ = 0;
  bool in_word_ = false;
  Word word_;
  std::vector<Word> words_;
  std::vector<std::vector<Word>> commands_;
};

bool is_name(std::string_view text) {
  const auto part = [](unsigned char c) { return std::isalnum(c) || c == '_'; };
  return !text.empty() && !std::isdigit(static_cast<unsigned char>(text.front())) &&
         std::all_of(text.begin(), text.end(), part);
}

template <std::size_t N>
bool among(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 8> kAround{"then", "do", "else", "{",
                                                  "}",    "!",  "time", "if"};
// With which a start file's lines begin, besides what is read here.
constexpr std::array<std::string_view, 15> kOfAShell{
    "alias", "if",     "fi",       "case",   "esac", "elif", "umask", "shopt",
    "unset", "return", "complete", "ulimit", "bind", "trap", "stty"};

class BashrcReader {
 public:
  void read(std::string_view line, int number) {
    for (const auto& words : Splitter(line).commands()) command(words, line, number);
  }
  ShellSettings take() { return std::move(settings_); }
  bool of_a_shell() const { return known_ > 0; }

 private:
  void command(const std::vector<Word>& words, std::string_view line, int number) {
    std::size_t at = 0;
    while (at < words.size() && among(kAround, words[at].text)) ++at;
    if (at == words.size()) return;
    const std::string& first = words[at].text;
    if (first == "source" || first == ".") {
      ++known_;
      if (at + 1 < words.size()) settings_.sources.push_back({words[at + 1].text, number});
    } else if (first == "export" || first == "declare" || first == "typeset") {
      ++known_;
      while (++at < words.size() && words[at].text.starts_with('-')) continue;
      assign(words, at, line, number, true);
    } else if (words[at].name_end > 0 && is_name(first.substr(0, words[at].name_end))) {
      assign(words, at, line, number, false);
    } else if (among(kOfAShell, first)) {
      ++known_;
    }
  }

  void assign(const std::vector<Word>& words, std::size_t at, std::string_view line, int number,
              bool exported) {
    for (; at < words.size(); ++at) {
      const Word& word = words[at];
      if (word.name_end == 0) {
        // `export NAME` alone; or what stands behind the blank of `export X= value`.
        auto& all = settings_.assignments;
        const bool after_blank = exported && !all.empty() && all.back().line == number &&
                                 all.back().value.empty() && all.back().stray.empty();
        if (after_blank) all.back().stray = word.text;
        continue;
      }
      const std::string name = word.text.substr(0, word.name_end);
      if (!is_name(name)) continue;
      // `X=1 command` sets X for that command only.
      const bool last = at + 1 == words.size() || words[at + 1].name_end > 0;
      if (!exported && !last) return;
      settings_.assignments.push_back({.name = name,
                                       .value = word.text.substr(word.name_end + 1),
                                       .exported = exported,
                                       .computed = word.computed,
                                       .line = number,
                                       .text = std::string(trim(line))});
    }
  }

  ShellSettings settings_;
  int known_ = 0;
};

}  // namespace

Parsed<ShellSettings> parse_bashrc(std::string_view out, std::string_view err) {
  if (is_blank(out) || (out.starts_with("cat: ") && out.find('\n') + 1 >= out.size())) {
    auto nothing = filled_lines_of(out, err, "cat ~/.bashrc");
    return nothing ? malformed({"这不是 shell 的启动文件", "this is no start file of a shell"})
                   : nothing.refusal();
  }
  const std::string_view start = trim(out);
  // `[ -z "$PS1" ] && return`, with which start files of some systems begin.
  const bool test =
      start.starts_with("[ -") || start.starts_with("[ !") || start.starts_with("[[ ");
  if (start.front() == '{' || (start.front() == '[' && !test))
    return malformed(
        {"这是 JSON,不是 shell 的启动文件", "this is JSON, not the start file of a shell"});
  BashrcReader reader;
  bool comments = false;
  int number = 0;
  for (std::size_t begin = 0; begin < out.size();) {
    const std::size_t end = std::min(out.find('\n', begin), out.size());
    const std::string_view line = out.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.find('\0') != line.npos || line.size() > kLongestLine)
      return malformed(said("第 {} 行不是文本行", "line {} is no line of a text", number));
    if (is_elision(line))
      return Refusal{.kind = Refusal::Kind::kElided,
                     .reason = said("第 {} 行是 \"...\":有省略的行",
                                    "line {} is \"...\": lines were left out", number)};
    comments = comments || trim(line).starts_with('#');
    reader.read(line, number);
  }
  if (!reader.of_a_shell() && !comments)
    return malformed(
        {"没有一行设置变量或引用其他文件", "no line of it sets a variable or reads another file"});
  return reader.take();
}

}  // namespace touchstone
