#include "harness/parse/processes.h"

#include <fmt/format.h>

#include "harness/model/said.h"
#include "harness/parse/lines.h"
#include "harness/parse/shell_messages.h"

namespace touchstone {
namespace {

std::string_view name_in(std::string_view path) {
  return path.substr(path.find_last_of('/') + 1);
}

std::vector<std::string> cut_at_tabs(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = text.find('\t');
    words.push_back(valid_utf8(text.substr(0, end)));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return words;
}

// Fields 4 and 22 of /proc/PID/stat. The second field may hold blanks and brackets: what counts
// begins behind the last bracket.
struct StatFields {
  std::int64_t parent = 0, start = 0;
};

std::optional<StatFields> stat_fields(std::string_view text) {
  const auto bracket = text.rfind(')');
  if (bracket == std::string_view::npos) return std::nullopt;
  const auto words = words_of(text.substr(bracket + 1));
  if (words.size() < 20) return std::nullopt;
  const auto parent = integer_of(words[1]), start = integer_of(words[19]);
  if (!parent || !start || *start < 0) return std::nullopt;
  return StatFields{*parent, *start};
}

// What the script says before and around the processes.
struct Frame {
  std::optional<std::int64_t> boot, ticks;
  bool ended = false;
};

std::optional<Refusal> take(const Line& line, Frame& frame,
                            std::vector<ServiceProcesses::Process>& all) {
  const auto number = [&](std::string_view word) -> std::optional<std::int64_t> {
    const auto rest = after(line.text, word);
    return rest ? integer_of(*rest) : std::nullopt;
  };
  if (line.text == "end") {
    frame.ended = true;
  } else if (const auto boot = number("btime ")) {
    frame.boot = boot;
  } else if (const auto ticks = number("ticks ")) {
    if (*ticks <= 0) return malformed(line, {"大于 0 的 tick 数", "a number of ticks above 0"});
    frame.ticks = ticks;
  } else if (const auto pid = number("process ")) {
    all.push_back({.pid = *pid});
  } else if (all.empty()) {
    return malformed(
        line, {"\"btime\"、\"ticks\" 或 \"process\"", "\"btime\", \"ticks\" or \"process\""});
  } else if (const auto exe = after(line.text, "exe")) {
    all.back().exe = valid_utf8(*exe);
  } else if (const auto comm = after(line.text, "comm")) {
    all.back().comm = valid_utf8(*comm);
  } else if (line.text.starts_with("cmdline")) {
    all.back().arguments =
        cut_at_tabs(line.text.size() > 8 ? line.text.substr(8) : std::string_view());
  } else if (const auto stat = after(line.text, "stat ")) {
    const auto fields = stat_fields(*stat);
    if (!fields || !frame.boot || !frame.ticks)
      return malformed(line, {"/proc/PID/stat 的一行,在 \"btime\" 和 \"ticks\" 之后",
                              "a line of /proc/PID/stat, after \"btime\" and \"ticks\""});
    all.back().parent = fields->parent;
    all.back().started = static_cast<double>(*frame.boot) +
                         static_cast<double>(fields->start) / static_cast<double>(*frame.ticks);
  } else {
    return malformed(line, {"\"exe\"、\"comm\"、\"cmdline\" 或 \"stat\"",
                            "\"exe\", \"comm\", \"cmdline\" or \"stat\""});
  }
  return std::nullopt;
}

// "127.0.0.2%lo:1026", "[::]:22", "*:80"
std::optional<Listening::Socket> socket_of(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const auto port = integer_of(text.substr(colon + 1));
  if (!port || *port < 0 || *port > 65535) return std::nullopt;
  std::string_view address = text.substr(0, colon);
  address = address.substr(0, address.find('%'));
  return Listening::Socket{.address = std::string(address), .port = static_cast<int>(*port)};
}

}  // namespace

bool ServiceProcesses::Process::is_daemon() const {
  // " (deleted)" stands behind a program that was replaced while it ran.
  return name_in(std::string_view(exe).substr(0, exe.find(' '))) == "mindieservice_daemon";
}

bool ServiceProcesses::Process::is_worker() const {
  return !is_daemon() && comm.starts_with("mindie_llm_back");
}

std::optional<std::int64_t> ServiceProcesses::Process::npu() const {
  for (std::size_t i = 0; i + 1 < arguments.size(); ++i)
    if (arguments[i] == "--npu_device_id") return integer_of(arguments[i + 1]);
  return std::nullopt;
}

const ServiceProcesses::Process* ServiceProcesses::daemon() const {
  const auto is_child = [&](const Process& one) {
    for (const Process& other : all)
      if (other.is_daemon() && other.pid == one.parent && other.pid != one.pid) return true;
    return false;
  };
  for (const Process& one : all)
    if (one.is_daemon() && !is_child(one)) return &one;
  return nullptr;
}

std::vector<const ServiceProcesses::Process*> ServiceProcesses::workers() const {
  std::vector<const Process*> found;
  for (const Process& one : all)
    if (one.is_worker()) found.push_back(&one);
  return found;
}

Parsed<ServiceProcesses> parse_service_processes(std::string_view out, std::string_view err) {
  auto lines = lines_of_command(out, err, Text{"/proc 的列表", "the listing of /proc"});
  if (!lines) return lines.refusal();
  ServiceProcesses processes;
  Frame frame;
  for (const Line& line : lines.value())
    if (auto refusal = take(line, frame, processes.all)) return *refusal;
  if (!frame.ended)
    return malformed({"进程列表没有结尾:缺少一部分",
                      "the list of processes has no end: a part of it is missing"});
  for (const auto& one : processes.all)
    if (one.started == 0)
      return malformed(said("进程 {} 没有 /proc/PID/stat 的行",
                            "process {} has no line of /proc/PID/stat", one.pid));
  return processes;
}

Parsed<ProcessEnvironment> parse_process_environment(std::string_view out, std::string_view err) {
  if (out.empty() && is_blank(err))
    return Refusal{.kind = Refusal::Kind::kNotSet,
                   .reason = {"没有这个进程", "there is no such process"}};
  ProcessEnvironment environment;
  for (std::string_view rest = out; !rest.empty();) {
    const auto end = rest.find('\n');
    std::string line(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    for (char& c : line) c = c == '\v' ? '\n' : c;
    const auto equals = line.find('=');
    if (equals == std::string::npos || equals == 0) continue;  // a process may write what it likes
    environment.variables.emplace(valid_utf8(line.substr(0, equals)),
                                  valid_utf8(line.substr(equals + 1)));
  }
  if (environment.variables.empty()) {
    if (auto refusal = shell_message(err)) return *refusal;
    return malformed({"其中没有变量", "there is no variable in it"});
  }
  return environment;
}

bool Listening::on(const std::string& address, int port) const {
  for (const Socket& socket : sockets)
    if (socket.port == port && (socket.address == address || socket.address == "0.0.0.0" ||
                                socket.address == "*" || socket.address == "[::]"))
      return true;
  return false;
}

std::vector<std::string> Listening::addresses_of(int port) const {
  std::vector<std::string> addresses;
  for (const Socket& socket : sockets)
    if (socket.port == port) addresses.push_back(socket.address);
  return addresses;
}

// With or without the line of titles; older versions print no column "State" under -l.
Parsed<Listening> parse_listening(std::string_view out, std::string_view err) {
  auto lines = lines_of_command(out, err, "ss -ltn");
  if (!lines) return lines.refusal();
  Listening listening;
  for (const Line& line : lines.value()) {
    const auto words = words_of(line.text);
    if (words.size() > 1 && (words[0] == "State" || words[0] == "Recv-Q")) continue;
    const std::size_t local = words[0] == "LISTEN" ? 3 : 2;
    const auto socket = words.size() > local + 1 ? socket_of(words[local]) : std::nullopt;
    if (!socket)
      return malformed(line, {"LISTEN、两个数字、ADDRESS:PORT 和对端",
                              "LISTEN, two numbers, ADDRESS:PORT and the peer"});
    listening.sockets.push_back(*socket);
  }
  return listening;
}

}  // namespace touchstone
