#include "harness/config/ansible_ini.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "harness/config/ansible_range.h"
#include "harness/config/forms.h"
#include "harness/config/init_draft.h"
#include "harness/model/host_pattern.h"
#include "harness/model/said.h"
#include "harness/parse/lines.h"

namespace touchstone {
namespace {

// A word of a line, quotes taken off, with the byte where it begins.
struct Word {
  std::string text;
  std::size_t begin;
};

// Words as Python's shlex splits them; nothing when a quote is not closed, at `begin` of the last.
struct Words {
  std::vector<Word> all;
  bool closed = true;
};

Words words_in(std::string_view line) {
  Words words;
  for (std::size_t i = 0; i < line.size();) {
    if (line[i] == ' ' || line[i] == '\t') {
      ++i;
      continue;
    }
    if (line[i] == '#') break;  // a comment
    words.all.push_back({"", i});
    std::string& text = words.all.back().text;
    char quote = 0;
    for (; i < line.size() && (quote || (line[i] != ' ' && line[i] != '\t')); ++i) {
      const char c = line[i];
      if (quote ? c == quote : (c == '"' || c == '\'')) {
        quote = quote ? 0 : c;
      } else if (c == '\\' && quote != '\'' && i + 1 < line.size()) {
        text += line[++i];
      } else {
        text += c;
      }
    }
    words.closed = quote == 0;
  }
  return words;
}

class IniReader {
 public:
  IniReader(const SourceText& source, Mistakes& mistakes) : source_(source), mistakes_(mistakes) {}

  AnsibleInventory read() {
    for (number_ = 1; number_ <= source_.line_count(); ++number_) {
      const std::string_view line = source_.line(number_);
      const std::string_view text = trim(line);
      if (text.empty() || text.front() == '#' || text.front() == ';') continue;
      begin_ = static_cast<std::size_t>(text.data() - line.data());
      if (inventory_.groups.empty() && is_yaml(text))
        return wrong(begin_, {"这是 YAML 形式的清单;请给出 INI 形式的那一份,或直接写出主机:"
                              "touchstone init HOST...",
                              "this inventory is YAML; give one in INI form, or name the hosts: "
                              "touchstone init HOST..."}),
               std::move(inventory_);
      if (text.front() == '[' && !is_bracketed_ipv6(text))
        section(text);
      else if (kind_ == "vars")
        variable(text);
      else if (kind_ == "children")
        child(text);
      else
        host(line);
    }
    expect_declared();
    return std::move(inventory_);
  }

 private:
  TextPosition at(std::size_t byte) const { return source_.position(number_ - 1, byte); }
  void wrong(std::size_t byte, Text message) { mistakes_.add(at(byte), "", std::move(message)); }

  AnsibleGroup& group(const std::string& name, std::size_t byte) {
    auto& groups = inventory_.groups;
    const auto found = std::find_if(groups.begin(), groups.end(),
                                    [&](const AnsibleGroup& g) { return g.name == name; });
    if (found != groups.end()) return *found;
    groups.push_back({.name = name, .position = at(byte)});
    return groups.back();
  }

  // "---", or "all:" alone on the first line that says anything.
  static bool is_yaml(std::string_view text) {
    return text == "---" || (text.ends_with(':') && text.find_first_of(" \t=[") == text.npos);
  }
  // "[2001:db8::1]:2022" begins like a section.
  static bool is_bracketed_ipv6(std::string_view text) {
    return is_ipv6(text.substr(1, std::min(text.find(']'), text.size()) - 1));
  }

  void section(std::string_view text) {
    const std::size_t close = text.find(']');
    const std::string_view after =
        close == text.npos ? std::string_view() : trim(text.substr(close + 1));
    const std::string_view inner = trim(text.substr(1, close == text.npos ? close : close - 1));
    const std::size_t colon = inner.find(':');
    kind_ = colon == inner.npos ? "" : std::string(inner.substr(colon + 1));
    section_ = std::string(inner.substr(0, colon));
    const bool known = kind_.empty() || kind_ == "vars" || kind_ == "children" || kind_ == "hosts";
    if (close == text.npos || section_.empty() || !known ||
        (!after.empty() && after.front() != '#' && after.front() != ';')) {
      wrong(begin_, said("{} 不是段;请写 [name]、[name:vars] 或 [name:children]",
                         "{} is no section; write [name], [name:vars] or [name:children]",
                         touchstone::quoted(text)));
      section_.clear();
      return;
    }
    AnsibleGroup& here = group(section_, begin_);
    if (kind_ != "vars") here.declared = true;
  }

  void variable(std::string_view text) {
    const std::size_t equals = text.find('=');
    if (equals == text.npos) {
      wrong(begin_, said("{} 不是变量;请写 name=value", "{} is no variable; write name=value",
                         touchstone::quoted(text)));
      return;
    }
    const std::string_view value = trim(text.substr(equals + 1));
    const std::size_t byte = begin_ + static_cast<std::size_t>(value.data() - text.data());
    if (section_.empty()) return;
    group(section_, begin_).vars[std::string(trim(text.substr(0, equals)))] = {unquoted(value),
                                                                               at(byte)};
  }

  // A value of [group:vars] is the rest of the line, in quotes or up to a comment.
  static std::string unquoted(std::string_view value) {
    if (!value.empty() && (value.front() == '"' || value.front() == '\'')) {
      const std::size_t end = value.find(value.front(), 1);
      if (end != value.npos) return std::string(value.substr(1, end - 1));
    }
    return std::string(trim(value.substr(0, value.find(" #"))));
  }

  void child(std::string_view text) {
    const std::string name(trim(text.substr(0, text.find_first_of(" \t#"))));
    if (section_.empty()) return;
    group(section_, begin_).children.push_back({name, at(begin_)});
  }

  void host(std::string_view line) {
    const Words words = words_in(line);
    if (!words.closed) {
      wrong(words.all.back().begin,
            {"这个词中的引号没有结束", "the quote in this word is not closed"});
      return;
    }
    AnsibleVars vars;
    for (std::size_t i = 1; i < words.all.size(); ++i) {
      const Word& word = words.all[i];
      const std::size_t equals = word.text.find('=');
      if (equals == std::string::npos || equals == 0)
        wrong(word.begin, said("{} 不是变量;请写 name=value", "{} is no variable; write name=value",
                               touchstone::quoted(word.text)));
      else
        vars[word.text.substr(0, equals)] = {word.text.substr(equals + 1), at(word.begin)};
    }
    add_hosts(words.all.front(), vars);
  }

  // "node[01:16]:2222": a port behind the last bracket belongs to all of them.
  void add_hosts(const Word& word, AnsibleVars vars) {
    if (add_ipv6_host(word, vars)) return;
    std::string pattern = word.text;
    const std::size_t close = pattern.rfind(']');
    const std::size_t colon = pattern.find(':', close == std::string::npos ? 0 : close);
    const bool closed = close != std::string::npos || pattern.find('[') == std::string::npos;
    const bool has_port = closed && colon != std::string::npos && pattern.rfind(':') == colon;
    if (has_port) {
      vars.emplace("ansible_port", AnsibleValue{pattern.substr(colon + 1), at(word.begin)});
      pattern.resize(colon);
    }
    Text error;
    const std::vector<std::string> names = expand_ansible_range(pattern, error);
    if (inventory_.hosts.size() + names.size() > kMostHosts)
      error = {"超过 10000 台主机", "there are more than 10000 hosts"};
    if (!error.empty()) return wrong(word.begin, error);
    for (const std::string& name : names) add_host(name, word.begin, vars);
  }

  bool add_ipv6_host(const Word& word, AnsibleVars vars) {
    std::string_view address = word.text;
    const std::string port = take_port(address);
    if (!is_ipv6(address)) return false;
    if (!port.empty()) vars.emplace("ansible_port", AnsibleValue{port, at(word.begin)});
    vars.emplace("ansible_host", AnsibleValue{std::string(address), at(word.begin)});
    add_host(name_of_address(std::string(address)), word.begin, vars);
    return true;
  }

  void add_host(const std::string& name, std::size_t byte, const AnsibleVars& vars) {
    const auto [known, fresh] = places_.emplace(name, inventory_.hosts.size());
    if (fresh) inventory_.hosts.push_back({.name = name, .position = at(byte)});
    for (const auto& [key, value] : vars) inventory_.hosts[known->second].vars[key] = value;
    if (section_.empty()) section_ = "ungrouped";
    AnsibleGroup& here = group(section_, byte);
    here.declared = true;
    if (members_.insert(section_ + '\n' + name).second) here.hosts.push_back(name);
  }

  void expect_declared() {
    for (AnsibleGroup& parent : inventory_.groups)
      for (const AnsibleValue& child : parent.children) {
        const auto known =
            std::find_if(inventory_.groups.begin(), inventory_.groups.end(),
                         [&](const AnsibleGroup& g) { return g.declared && g.name == child.text; });
        if (known == inventory_.groups.end())
          mistakes_.add(child.position, "",
                        said("没有组 {};请写段 [{}]", "there is no group {}; write a section [{}]",
                             touchstone::quoted(child.text), child.text));
      }
    for (const AnsibleGroup& group : inventory_.groups)
      if (!group.declared && group.name != "all" && group.name != "ungrouped")
        mistakes_.add(group.position, "",
                      said("这些变量不属于任何组;请写段 [{}]",
                           "these variables belong to no group; write a section [{}]", group.name));
  }

  const SourceText& source_;
  Mistakes& mistakes_;
  AnsibleInventory inventory_;
  std::map<std::string, std::size_t> places_;
  std::set<std::string> members_;  // "group\nhost"
  std::size_t number_ = 0;
  std::size_t begin_ = 0;  // where the text of the line begins
  std::string section_;
  std::string kind_;
};

}  // namespace

AnsibleInventory read_ansible(const SourceText& source, Mistakes& mistakes) {
  return IniReader(source, mistakes).read();
}

}  // namespace touchstone
