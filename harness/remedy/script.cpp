#include "harness/remedy/script.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "harness/model/sha256.h"
#include "harness/model/shell_words.h"
#include "harness/remedy/host_parts.h"

namespace touchstone {
namespace {

constexpr std::size_t kChunk = 60000;  // bytes of a word; Linux allows 131,072
constexpr double kLooking = 30;        // seconds besides the commands themselves
constexpr long kLease = 1800;          // seconds of a lock that is tied to no shell, at least

std::string words(const std::vector<std::string>& argv) {
  std::string text;
  for (const std::string& word : argv) text += " " + shell_quoted(word);
  return text;
}

std::string set(const char* name, const std::string& value) {
  return fmt::format("{}={}\n", name, shell_quoted(value));
}

std::string head(const FixRun& run, const Host& host) {
  return std::string(kHostTools) + set("D", without_slash(host.sysroot) + "/var/lib/touchstone") +
         set("run", run.id) + set("who", run.who);
}

// Without braces: it goes into the line of the host's journal.
std::string about(const FixRun& run, const NumberedChange& numbered) {
  const Change& change = numbered.change;
  nlohmann::ordered_json json{{"change", numbered.id},
                              {"by", run.who},
                              {"steps", numbered.steps},
                              {"what", change.what.en},
                              {"subject", change.subject}};
  if (change.in_container) json["in_container"] = true;
  if (change.file) {
    json["path"] = change.file->path;
    json["old"] = file_state(change.file->was);
    json["new"] = file_state(change.file->content);
  } else {
    json["old"] = change.was;
    if (!change.becomes.empty()) json["new"] = change.becomes;
    for (const HostCommand& command : change.commands) json["commands"].push_back(command.does);
  }
  const std::string text = json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return text.substr(1, text.size() - 2);
}

// do_N and undo_N of the commands, numbered from `first`.
std::string numbered(const Change& change, std::size_t first) {
  const std::string in = change.in_container ? "docker exec -i \"$box\"" : "";
  std::string text;
  for (const HostCommand& one : change.commands) {
    const long seconds = std::max(1L, static_cast<long>(one.seconds));
    text += fmt::format("do_{}() {{ limited {} {}{}; }}\n", first, seconds, in, words(one.does));
    text += fmt::format(
        "undo_{}() {{ {}; }}\n", first++,
        one.undoes.empty() ? ":" : fmt::format("limited {} {}{}", seconds, in, words(one.undoes)));
  }
  return text;
}

std::string command_functions(const Change& change) {
  const std::string in = change.in_container ? "docker exec -i \"$box\"" : "";
  return numbered(change, 1) +
         fmt::format(
             "state() {{ {{ limited 30 {}{} </dev/null 2>&1; s_c=$?; [ $s_c -eq 0 ] || echo "
             "\"exit $s_c\"; }} | flat; }}\n",
             in, words(change.reads)) +
         set("rewrites", change.rewrites) +
         "keep() { keep_lines; }\ntake_back() { back \"$1\"; same_lines; }\n" +
         fmt::format("count={}\n", change.commands.size());
}

std::string file_functions(const Change& change) {
  const FileChange& file = *change.file;
  return set("path", file.path) + "state() { file_state; }\nkeep() { save_file \"$1\"; }\n" +
         fmt::format("do_1() {{ printf %s \"$content\" | put {} {} {}; }}\n",
                     file.mode.empty() ? "-" : shell_quoted(file.mode),
                     file.owner.empty() ? "-" : shell_quoted(file.owner), file.content.size()) +
         numbered(change, 2) +
         "take_back() { restore_file \"$before\"; b_n=2; while [ $b_n -le \"$1\" ]; do "
         "\"undo_$b_n\" </dev/null; b_n=$((b_n + 1)); done; }\n" +
         fmt::format("count={}\n", 1 + change.commands.size());
}

std::string becomes_of(const Change& change) {
  if (!change.file) return flat(change.becomes);
  const FileChange& file = *change.file;
  std::string state = file_state(file.content);
  if (!file.mode.empty()) state += " " + file.mode;
  if (!file.mode.empty() && !file.owner.empty()) {
    state += " " + file.owner;
    // As file_state prints user and group.
    std::replace(state.begin(), state.end(), ':', ' ');
  }
  return state;
}

enum class Way { kThere, kBack };

// Numbers of the preconditions that are asked.
std::string guards_of(const Change& change, Way way) {
  std::string numbers;
  for (std::size_t i = 0; i < change.guards.size(); ++i)
    if (way == Way::kThere || change.guards[i].both_ways) numbers += fmt::format(" {}", i + 1);
  return numbers;
}

std::string body_of(const FixRun& run, const NumberedChange& numbered, Way way = Way::kThere) {
  const Change& change = numbered.change;
  std::string text = fmt::format("id={}\n", numbered.id);
  text += fmt::format("lease={}\n", std::max(kLease, static_cast<long>(seconds_of(change))));
  text += set("about", about(run, numbered));
  text += set("expected", change.file ? file_state(change.file->was) : flat(change.was));
  text += set("becomes", becomes_of(change));
  text += set("may_stay", change.may_stay ? "yes" : "");
  text += set("guards", guards_of(change, way));
  for (std::size_t i = 0; i < change.guards.size(); ++i)
    text += fmt::format("guard_{}() {{ limited {:.0f}{}; }}\n", i + 1, change.guards[i].seconds,
                        words(change.guards[i].argv));
  return text + (change.file ? file_functions(change) : command_functions(change));
}

std::vector<std::string> command(std::string script, const std::string& content = "") {
  // `$(…)` would take line feeds from the end, so the words are joined one by one.
  std::vector<std::string> argv{
      "sh", "-c", "content=\nfor c_w do content=$content$c_w; done\n" + std::move(script), "sh"};
  for (std::size_t at = 0; at < content.size(); at += kChunk)
    argv.push_back(content.substr(at, kChunk));
  return argv;
}

std::string box(const Host& host, const Change& change) {
  return set("box", change.in_container ? host.container : "");
}

std::string content_of(const Change& change) {
  return change.file ? change.file->content : "";
}

}  // namespace

std::vector<std::string> apply_command(const FixRun& run, const Host& host,
                                       const NumberedChange& change) {
  return command(head(run, host) + box(host, change.change) + body_of(run, change) + "apply\n",
                 content_of(change.change));
}

std::vector<std::string> check_command(const FixRun& run, const Host& host,
                                       const NumberedChange& change) {
  return command(head(run, host) + box(host, change.change) + body_of(run, change) +
                 "guarded\ncheck\nended planned\n");
}

std::vector<std::string> undo_command(const FixRun& run, const Host& host,
                                      const NumberedChange& change, const std::string& was,
                                      const std::string& is) {
  return command(head(run, host) + box(host, change.change) + body_of(run, change, Way::kBack) +
                 set("before", was) + set("after", is) + "undo\n");
}

std::vector<std::string> lock_command(const FixRun& run, const Host& host, bool stays) {
  return command(head(run, host) +
                 fmt::format("box=\nlease={}\nhold {}\n", kLease, stays ? "stays" : "goes"));
}

std::vector<std::string> release_command(const FixRun& run, const Host& host) {
  return command(head(run, host) + "box=\nrelease\n");
}

double seconds_of(const Change& change) {
  double seconds = kLooking;
  for (const Change::Guard& guard : change.guards) seconds += guard.seconds;
  for (const HostCommand& one : change.commands)
    seconds += one.undoes.empty() ? one.seconds : 2 * one.seconds;
  return seconds;
}

HostAnswer answer_of(const std::string& out) {
  HostAnswer answer;
  const auto add = [](std::string& text, std::string_view line) {
    if (!text.empty()) text += '\n';
    text += line;
  };
  for (std::size_t at = 0; at < out.size();) {
    const std::size_t end = std::min(out.find('\n', at), out.size());
    const std::string_view line = std::string_view(out).substr(at, end - at);
    at = end + 1;
    const std::size_t bar = line.find('|');
    if (bar == std::string_view::npos) continue;
    const std::string_view word = line.substr(0, bar), text = line.substr(bar + 1);
    if (word == "was") add(answer.was, text);
    if (word == "is") add(answer.is, text);
    if (word == "said" || word == "back") add(answer.said, text);
    if (word == "why") add(answer.why, text);
    if (word == "took_over") add(answer.took_over, text);
    if (word == "guard") std::from_chars(text.data(), text.data() + text.size(), answer.guard);
    if (word == "outcome") answer.outcome = outcome_from(text).value_or(Outcome::kUnderWay);
  }
  return answer;
}

std::string flat(const std::string& text) {
  std::string all;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = std::string_view(text).substr(at, end - at);
    at = end + 1;
    const auto blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    while (!line.empty() && blank(line.front())) line.remove_prefix(1);
    while (!line.empty() && blank(line.back())) line.remove_suffix(1);
    if (line.empty()) continue;
    all += (all.empty() ? "" : "\n") + std::string(line);
  }
  return all;
}

std::string file_state(const std::optional<std::string>& content) {
  return content ? "file " + sha256(*content) : "absent";
}

}  // namespace touchstone
