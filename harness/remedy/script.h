#pragma once

#include <string>
#include <vector>

#include "harness/model/change.h"
#include "harness/model/inventory.h"

namespace touchstone {

// What a run needs to know of itself on every host.
struct FixRun {
  std::string id;   // "20261126-040506-1a2b3c4d"
  std::string who;  // user@controller
  bool operator==(const FixRun&) const = default;
};

// A change with its number in the plan, and the steps that it repairs.
struct NumberedChange {
  int id = 0;
  std::vector<std::string> steps;
  Change change;
  // Earlier ones of the plan, by number: where one of them is not made, neither is this one.
  std::vector<int> stands_on = {};
  bool operator==(const NumberedChange&) const = default;
};

// argv for one question on the host: `sh -c SCRIPT`, and the contents of a file in further words,
// since one word must stay below 128 KiB. The answer is read by answer_of().
std::vector<std::string> apply_command(const FixRun& run, const Host& host,
                                       const NumberedChange& change);
// Looks only: whether the state is what the plan says.
std::vector<std::string> check_command(const FixRun& run, const Host& host,
                                       const NumberedChange& change);
// `was`, `is`: the states that the change told when it was made.
std::vector<std::string> undo_command(const FixRun& run, const Host& host,
                                      const NumberedChange& change, const std::string& was,
                                      const std::string& is);
// `stays`: the connection is kept between the changes, so that the lock is dead when it ends.
std::vector<std::string> lock_command(const FixRun& run, const Host& host, bool stays);
std::vector<std::string> release_command(const FixRun& run, const Host& host);

// Seconds that it may take on the host.
double seconds_of(const Change& change);

// What a host said to one of these.
struct HostAnswer {
  Outcome outcome = Outcome::kUnderWay;  // no outcome was told: nobody knows
  std::string why;                       // the host's words
  std::string was, is, said, took_over;
  int guard = 0;  // the one that did not hold, from 1
  bool operator==(const HostAnswer&) const = default;
};
HostAnswer answer_of(const std::string& out);

// A state as the scripts compare it: lines without white space at their ends, and no empty ones.
std::string flat(const std::string& text);

// "absent" or "file SHA256": how the state of a file with this content begins.
std::string file_state(const std::optional<std::string>& content);

}  // namespace touchstone
