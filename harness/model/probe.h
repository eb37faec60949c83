#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/parsed.h"

namespace touchstone {

// Where a question is asked.
enum class Where { kHost, kNpu, kContainer, kController };

// One read-only question, without its parser: what the collector needs to know.
struct Question {
  std::string key;  // "hccn-tls": unique; the name in recordings
  Where where = Where::kHost;
  // The command and its arguments. Placeholders, filled in per host and NPU and then quoted by the
  // collector: {npu}, {container}, {sysroot} (nothing for "/", else without a slash at the end),
  // {croot} (the same for paths inside the container), {rank_table} (the path that the inventory
  // gives, without the sysroot), {weights_path}, {docker_path}, {image}, {mindie} (the folder of
  // the service inside the container). Questions of a container get `docker exec -i {container}` in
  // front.
  std::vector<std::string> argv;
  std::vector<int> accepted = {0};           // exit codes that the parser knows what to make of
  double seconds = 10;                       // limit in time, on the host
  std::size_t bytes = std::size_t{1} << 20;  // limit of each stream
  bool literal = false;                      // argv is as it is: braces in it are no placeholders
  bool second_look = false;  // asked again at the end of the visit, as "<key>.again" (counters that
                             // must stand still)
};

// A question whose answer is a T. `parse` is pure; it gets both streams, since error messages go to
// either.
template <class T>
struct Probe : Question {
  using Value = T;
  Parsed<T> (*parse)(std::string_view out, std::string_view err) = nullptr;
};

// What came back. Absent streams are empty; how the question ended is told by `end`.
struct Answer {
  enum class End {
    kExited,    // `exit_code` holds
    kTimedOut,  // killed at the question's time limit
    kNoTool,    // the command was found neither in PATH nor at its documented path
    kLost,      // the host fell silent before this answer arrived
  };
  End end = End::kExited;
  int exit_code = 0;
  std::string command;  // as a person would type it
  std::string out;      // raw bytes, secrets redacted
  std::string err;
  bool cut = false;  // a stream was longer than the question's limit
  double start = 0;  // Unix time, seconds, by the host's clock
  double seconds = 0;
  bool operator==(const Answer&) const = default;
};

}  // namespace touchstone
