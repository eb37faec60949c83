#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/parsed.h"

namespace touchstone {

// The processes of MindIE in a container, as this shell script prints them from /proc:
//
//     btime 1790000000                    when the host was booted
//     ticks 100                           clock ticks a second
//     process 418
//     exe /usr/local/…/mindieservice_daemon
//     comm mindieservice_d                cut at 15 characters by the kernel
//     cmdline ./bin/mindieservice_daemon  words with TAB between
//     stat 418 (mindieservice_d) S 1 …    the 22nd field is the start, in ticks since boot
//     end                                 nothing is missing
//
// No process at all is an answer, too.
struct ServiceProcesses {
  struct Process {
    std::int64_t pid = 0, parent = 0;
    std::string exe, comm;
    std::vector<std::string> arguments;
    double started = 0;  // seconds since 1970; good to a second, as the boot time is
    bool operator==(const Process&) const = default;

    bool is_daemon() const;  // by its executable, whatever it calls itself
    bool is_worker() const;
    std::optional<std::int64_t> npu() const;  // of a worker: --npu_device_id
  };
  std::vector<Process> all;
  bool operator==(const ServiceProcesses&) const = default;

  const Process* daemon() const;  // the one that is no child of another; null: none runs
  std::vector<const Process*> workers() const;
};
Parsed<ServiceProcesses> parse_service_processes(std::string_view out, std::string_view err);

// The environment that a process was started with: one variable a line, with vertical tabs in the
// place of line breaks within a value (`tr '\n\0' '\v\n' </proc/PID/environ`). Empty: kNotSet,
// there is no such process.
struct ProcessEnvironment {
  std::map<std::string, std::string> variables;
  bool operator==(const ProcessEnvironment&) const = default;
};
Parsed<ProcessEnvironment> parse_process_environment(std::string_view out, std::string_view err);

// `ss -ltn`: who listens where.
struct Listening {
  struct Socket {
    std::string address;  // "0.0.0.0", "*", "[::]", "127.0.0.2%lo" without the interface
    int port = 0;
    bool operator==(const Socket&) const = default;
  };
  std::vector<Socket> sockets;
  bool operator==(const Listening&) const = default;

  bool on(const std::string& address, int port) const;  // at it, or at any address
  std::vector<std::string> addresses_of(int port) const;
};
Parsed<Listening> parse_listening(std::string_view out, std::string_view err);

}  // namespace touchstone
