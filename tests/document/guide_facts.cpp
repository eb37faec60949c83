#include "tests/document/guide_facts.h"

#include <algorithm>
#include <regex>
#include <sstream>
#include <utility>

namespace touchstone {
namespace {

using Words = std::vector<std::string>;

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

// As it was before an address or a sed script had to escape it.
std::string plain(std::string text) {
  return replaced(replaced(std::move(text), "%3A", ":"), "\\/", "/");
}

// Quotes that are open, for what must not be taken for a comment, an operator or an end.
class Quotes {
 public:
  bool step(char c) {  // whether c stands inside of quotes, or is one
    if (open_ != 0) return c == open_ ? (open_ = 0, true) : true;
    if (c == '\'' || c == '"') open_ = c;
    return open_ != 0;
  }
  bool open() const { return open_ != 0; }

 private:
  char open_ = 0;
};

std::string without_comment(const std::string& text) {
  Quotes quotes;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (!quotes.step(text[i]) && text[i] == '#' &&
        (i == 0 || text[i - 1] == ' ' || text[i - 1] == '\t'))
      return text.substr(0, i);
  return text;
}

bool is_open(const std::string& text) {
  Quotes quotes;
  for (char c : text) quotes.step(c);
  return quotes.open();
}

// Between `;`, `|` and `&&`.
std::vector<std::string> commands_of(const std::string& line) {
  std::vector<std::string> all(1);
  Quotes quotes;
  for (char c : line) {
    if (!quotes.step(c) && (c == ';' || c == '|' || c == '&'))
      all.emplace_back();
    else
      all.back() += c;
  }
  return all;
}

// Single quotes are taken off, double ones stay: they are JSON's, or part of what one sees.
Words words_of(const std::string& command) {
  Words words;
  std::string word;
  Quotes quotes;
  for (char c : command + " ") {
    const bool quoted = quotes.step(c);
    if (!quoted && (c == ' ' || c == '\t')) {
      if (!word.empty()) words.push_back(word);
      word.clear();
    } else if (c != '\'') {
      word += c;
    }
  }
  return words;
}

// s/…/"key" : value,/ → "key", value
Words words_of_sed(const std::string& script) {
  static const std::regex kForm(R"re(s/.*/("\w+") : (.*),/)re");
  std::smatch match;
  const std::string text = plain(script);
  return std::regex_match(text, match, kForm) ? Words{"sed", "-i", match[1], match[2]}
                                              : Words{"sed", script};
}

class Reader {
 public:
  GuideText read(std::string_view markdown) {
    std::istringstream in{std::string(markdown)};
    for (std::string text; std::getline(in, text);) {
      ++line_;
      if (!text.empty() && text.back() == '\r') text.pop_back();
      line(text);
      guide_.sections[section_] += plain(text) + "\n";
    }
    return std::move(guide_);
  }

 private:
  void add(Words words, bool link = false) {
    if (!section_.empty() && !words.empty())
      guide_.facts.push_back({section_, line_, std::move(words), link});
  }

  void line(const std::string& text) {
    if (text.starts_with("```")) {
      fence_ = fence_.empty() ? text.substr(3) + " " : "";
      end_mark_.clear();
    } else if (fence_.empty()) {
      prose(text);
    } else if (fence_.starts_with("jsonc")) {
      json(without_comment(text), true);
    } else {
      shell(text);
    }
  }

  void prose(const std::string& text) {
    static const std::regex kHeading(R"(#+ (\d+(\.\d+)*)\.? .*)"), kCode("`([^`]+)`"),
        kRow(R"(\|\s*(\S+)\s*\|\s*(\d\S*)\s*\|.*)"), kLink(R"(https?://[^\s)]+)");
    std::smatch match;
    if (std::regex_match(text, match, kHeading)) {
      section_ = match[1];
      return;
    }
    if (std::regex_match(text, match, kRow)) add({match[1], match[2]});
    for (std::sregex_iterator at(text.begin(), text.end(), kCode), end; at != end; ++at)
      add(words_of((*at)[1]));
    for (std::sregex_iterator at(text.begin(), text.end(), kLink), end; at != end; ++at)
      add({at->str()}, true);
  }

  // Keys, and values that are no ellipsis.
  void json(const std::string& text, bool values) {
    static const std::regex kMember(R"re(("\w+")\s*:\s*("[^"]*"|true|false|\d+)?)re");
    for (std::sregex_iterator at(text.begin(), text.end(), kMember), end; at != end; ++at) {
      const std::string value = (*at)[2];
      add(values && !value.empty() && value != "\"...\"" ? Words{(*at)[1], value}
                                                         : Words{(*at)[1]});
    }
  }

  void shell(const std::string& text) {
    if (!end_mark_.empty() && text == end_mark_) {
      end_mark_.clear();
    } else if (!end_mark_.empty()) {
      if (!text.starts_with('[')) add(words_of(text));  // a unit file; its [Section]s say nothing
    } else {
      pending_ += (pending_.empty() ? "" : "\n") + without_comment(text);
      if (pending_.ends_with('\\'))
        pending_.back() = ' ';
      else if (!is_open(pending_))
        statement(std::exchange(pending_, ""));
    }
  }

  void statement(const std::string& text) {
    static const std::regex kHere(R"((.*)<< *('?)(\w+)'?\s*)");
    std::smatch match;
    const std::string line = replaced(text, "\n", " ");
    if (std::regex_match(line, match, kHere)) {
      // The script that is quoted as a whole holds commands; the file that it writes holds none.
      if (match[2].length() == 0) end_mark_ = match[3];
      return add(words_of(match[1]));
    }
    if (line == "EOF") return;
    for (const std::string& command : commands_of(line)) this->command(words_of(command));
  }

  void command(Words words) {
    if (!words.empty() && words[0] == "do") words.erase(words.begin());
    if (words.empty() || words[0] == "for" || words[0] == "done") return;
    if (words[0] == "wget")
      for (std::string& word : words)
        if (word.starts_with("http")) word = plain(word.substr(word.rfind('/') + 1));
    if (words[0] == "sed" && words.size() == 4) {
      add(words_of_sed(words[2]));
      add({words[3]});
    } else if (words.size() > 1 && words[0] == "docker" && words[1] == "run") {
      options({"docker", "run", "-itd"}, words, {"--shm-size", "--device", "-v", "-e"});
    } else if (words[0] == "curl") {
      options({"curl", "-X", "POST", "-d"}, words, {"-H"});
    } else {
      add(words);
    }
  }

  // A fact an option, together with its value; the words of `head` are one fact.
  void options(const Words& head, const Words& words, const Words& with_value) {
    const auto among = [](const Words& all, const std::string& word) {
      return std::find(all.begin(), all.end(), word) != all.end();
    };
    add(head);
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (words[i].starts_with('{')) {
        json(words[i], false);
      } else if (among(with_value, words[i]) && i + 1 < words.size()) {
        add({words[i], words[i + 1]});
        ++i;
      } else if (!among(head, words[i])) {
        add({words[i]});
      }
    }
  }

  GuideText guide_;
  std::string section_, fence_, pending_, end_mark_;
  int line_ = 0;
};

}  // namespace

std::string GuideFact::str() const {
  std::string text = "guide line " + std::to_string(line) + " (" + section + "):";
  for (const std::string& word : words) text += " " + word;
  return text;
}

GuideText read_guide(std::string_view markdown) {
  return Reader().read(markdown);
}

}  // namespace touchstone
