#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "harness/model/baseline.h"
#include "harness/model/document.h"
#include "harness/model/finding.h"
#include "harness/model/mesh.h"
#include "harness/model/past.h"
#include "harness/model/probe.h"
#include "harness/model/target.h"
#include "harness/model/text.h"
#include "harness/model/verdict.h"
#include "harness/model/waiver.h"

namespace touchstone {

// Everything that reports need, and all that they get. Times are Unix seconds, UTC.

struct StepInfo {
  std::string id, name;  // "3.1.8", "TlsSwitchIsZero"
  Text title, requirement;
  std::string place;    // in the guide: "3.1, instruction 6"; "+" rows: "beyond the guide"
  std::string scope;    // "host", "npu", "group", "cluster"
  std::string chapter;  // id of its chapter, "3.1"
  Risk risk = Risk::kHands;
  Text remedy;          // what to do, for a person
  std::string command;  // the remedy's command with placeholders; empty: none
  std::vector<std::string> stands_on;
  std::vector<std::string> questions;  // keys
  bool operator==(const StepInfo&) const = default;
};

struct ChapterInfo {
  std::string id;
  Text title;
  bool operator==(const ChapterInfo&) const = default;
};

// A question and its answer, as shown beside a finding.
struct Exhibit {
  std::string host;
  int npu = -1;
  std::string question;  // key
  Answer answer;         // streams cut to what a page can show (16 KiB), `cut` says so
  bool operator==(const Exhibit&) const = default;
};

struct StepResult {
  std::size_t step = 0;  // index into RunRecord::steps
  Target target;
  Verdict verdict = Verdict::kError;
  std::string blocked_by;  // step id, when blocked
  Target blocked_on;       // the target of that step
  Text reason;             // of error, blocked, waived, not applicable
  int waiver = -1;         // index into RunRecord::waivers, when waived
  std::vector<Finding> findings;
  bool flaky = false;            // passed, but only when it was asked again
  std::vector<Finding> earlier;  // of a flaky one: what the first look found
  std::vector<Exhibit>
      exhibits;  // where the verdict is fail, error or fixed, or was fail before it was waived
  std::size_t explains = 0;  // how many blocked results name this one as their first cause
  double seconds = 0;        // sum of the durations of its questions
  // Of a run with --fix, as it was before: of `fixed`, what was wrong.
  std::vector<Finding> findings_before;
  std::vector<Exhibit> exhibits_before;
  bool broke = false;  // it passed before the fix, and does not any more
  bool operator==(const StepResult&) const = default;
};

struct HostInfo {
  std::string name, address, group;
  bool master = false;
  int npus = 8;
  std::string state;   // "answered", "unreachable", "hung", "died", "nonsense"
  Phrase detail;       // what the transport said
  double seconds = 0;  // of the visit
  // Versions and configuration: "mindie" → "2.0.T3", "config.json ServerConfig.port" → "1025". One
  // that is empty is not there; one that is missing was not answered.
  std::map<std::string, std::string> facts;
  bool operator==(const HostInfo&) const = default;
};

// What is known of one NPU, for its tile: "link" → "UP", "link_downs" (older tools: "link_ups"),
// "tls" → "0", "net_health", "address", "netmask", "gateway", "netdetect", "mtu", "switch_port",
// "health", "hbm" → "3370/65536 MB", "firmware", "speed". A fact that is empty is not set, one that
// is missing was not answered.
struct NpuFacts {
  std::string host;
  int npu = 0;
  std::map<std::string, std::string> facts;
  bool operator==(const NpuFacts&) const = default;
};

// What was measured of a group, for people and for history: "first_token" → "s" → p50, p90, p99.
struct Measurement {
  std::string group, name, unit;
  std::map<std::string, double> values;
  bool operator==(const Measurement&) const = default;
};

// One change that --fix made, or would have made.
struct Repair {
  int id = 0;     // as in the plan and the journal
  int round = 1;  // of fixing and checking again
  std::string host;
  int npu = -1;
  std::vector<std::string> steps;  // ids
  Text what, interrupts;
  Risk risk = Risk::kSafe;
  std::string change;   // the commands as a person would type them, or the difference of the file
  std::string undo;     // the same for taking it back
  std::string outcome;  // "done", "already", "moved", "refused", "failed", "half_done", "skipped",
                        // "under_way"
  Text why;             // it was not made
  std::string was, is;  // the state before and after
  bool operator==(const Repair&) const = default;
};

struct RunRecord {
  int schema = 1;
  std::string tool_version;
  std::string cluster, profile;
  bool simulated = false;
  std::string command;    // the command line that made it
  std::string operator_;  // user@controller who ran it
  bool replayed = false;
  bool complete = false;  // false while the run is going on
  double started = 0, finished = 0;
  std::vector<ChapterInfo> chapters;
  std::vector<StepInfo> steps;
  std::vector<HostInfo> hosts;
  std::vector<StepResult> results;  // in the order of the document, then of the inventory
  // Steps that were judged only because selected ones stand on them, and passed. In no report: a
  // fix is compared with it, since it may break them.
  std::set<std::pair<std::string, Target>> passed_unreported;
  std::vector<NpuFacts> npus;
  std::vector<Mesh> meshes;  // by group; none where 3.1.14 was not judged
  Document document;         // the guide's instructions and the steps that assert them
  std::vector<Measurement> measurements;
  std::vector<WaiverUse> waivers;  // in the order of their file
  Past past;                       // of --history
  Baseline baseline;               // of --baseline
  std::vector<Repair> repairs;     // of a run with --fix
  std::string journal;             // path of its journal; empty: nothing was to be changed
  std::map<std::string, std::string>
      versions;           // for the first page: "driver" → "24.1.rc3"; several: joined by ", "
  std::string selection;  // "--chapter 3.1 --host node-01"; empty: everything
  std::size_t questions = 0, answers = 0;  // asked, and answered

  std::map<Verdict, std::size_t> counts() const;
  Verdict verdict() const;  // kFail, kError (error or blocked), or kPass
  int exit_code() const;    // 0 accepted, 1 rejected, 2 could not tell
  bool operator==(const RunRecord&) const = default;
};

}  // namespace touchstone
