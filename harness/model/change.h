#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/model/text.h"
#include "harness/model/verdict.h"

namespace touchstone {

// Where a change belongs, in the guide's order: those of one stage are made on all hosts before the
// next stage begins. Addresses come before gateways, and gateways before netdetect, since a new
// segment drops the gateway.
enum class Stage {
  kFirmware,
  kDriver,
  kDockerPrograms,
  kDockerFiles,
  kDockerService,
  kRunc,
  kNpuAddress,
  kNpuGateway,
  kNpuNetdetect,
  kNpuTls,
  kRankTable,
  kImage,
  kContainer,
  kEnvironment,
  kWeights,
  kServiceConfig,
  kServiceStop,
  kServiceStart,
};

// One command, and how it is taken back. Words are quoted by us, one by one. What it has to keep
// for that it writes to the file that $TOUCHSTONE_SAVED names; one command of a change may.
struct HostCommand {
  std::vector<std::string> does;
  std::vector<std::string> undoes;  // empty: nothing to take back
  double seconds = 60;              // on the host, for either
  bool operator==(const HostCommand&) const = default;
};

// A text file as it should be. It is written beside and renamed, and a copy of what was there is
// kept on the host.
struct FileChange {
  std::string path;                // on the host or in the container, sysroot included
  std::string content;             // without NUL
  std::optional<std::string> was;  // by the evidence; absent: there was no file
  std::string mode;                // "640"; empty: as it was, and 640 for a new one
  std::string owner;               // "root:root"; empty: as it was
  bool operator==(const FileChange&) const = default;
};

// One change of one host, that a person can read before it is made, that is made only where the
// state is still what the evidence said, and that can be taken back: commands, or a file. Commands
// beside a file come after it (a service reads it again), and after it was taken back: then each
// `undoes` in the same order.
struct Change {
  std::string host;
  int npu = -1;               // what it is about; -1: the host
  bool in_container = false;  // files and commands are those of the host's container
  // What is changed, once a host: "hccn 3 tls", a path. Steps that want the same change share it.
  std::string subject;
  Stage stage = Stage::kRankTable;
  Risk risk = Risk::kSafe;
  Text what;        // "set the TLS switch of NPU 3 to 0"
  Text interrupts;  // empty: nothing

  // Commands: how the state is read, what it was by the evidence (white space at the ends does not
  // count), and what it must be afterwards; empty: anything else than before.
  std::vector<std::string> reads;
  std::string was, becomes;
  bool may_stay = false;  // what is read need not change: the commands change what it does not show
  std::vector<HostCommand> commands;
  // Undo leaves it, since what it ended is gone for good: `undoes` is for commands that fail only.
  bool one_way = false;
  // A file that the commands' tool rewrites as it likes; a copy of it is kept in the place that
  // $TOUCHSTONE_SAVED names. Where taking back leaves the same settings in other lines, the copy is
  // written into it, in place. Empty: none.
  std::string rewrites;
  std::optional<FileChange> file;

  // Asked in the same breath as the change: exit code 0, or it is not made.
  struct Guard {
    std::vector<std::string> argv;
    Text otherwise;       // "NPU 3 is in use"
    double seconds = 30;  // on the host
    // Undo asks it, too: taking the change back disturbs as much as making it.
    bool both_ways = false;
    bool operator==(const Guard&) const = default;
  };
  std::vector<Guard> guards;

  // Changes of several hosts that make sense only together (a rank table): it is not made unless
  // all these hosts are ready for it. Empty: of this host alone.
  std::vector<std::string> hosts_needed;
  bool operator==(const Change&) const = default;
};

// Whether there is anything that takes it back, in part or whole.
bool can_be_taken_back(const Change& change);

// What became of a change.
enum class Outcome {
  kPlanned,   // not begun
  kUnderWay,  // begun, and nobody knows how it ended
  kDone,      // made, and the state is as announced
  kAlready,   // it was so already
  kMoved,     // the state is no longer what the evidence said; nothing was changed
  kRefused,   // a precondition does not hold, or the host's lock is held; nothing was changed
  kFailed,    // a command failed; what was done before it was taken back
  kHalfDone,  // a command failed, and taking back what was done failed too
  kSkipped,   // an earlier change of this host failed, or a host that it needs is not ready
  kUndone,    // made, and taken back since
};

std::string_view name_of(Outcome outcome);  // "done", "already", "moved", …
std::optional<Outcome> outcome_from(std::string_view name);

}  // namespace touchstone
