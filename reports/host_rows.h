#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "harness/model/run_record.h"
#include "reports/digest.h"

namespace touchstone {

// The worst of some verdicts. None: nothing was planned there.
struct Worst {
  std::optional<Verdict> verdict;
  bool pending = false;               // planned, and not run yet
  std::size_t cause = Digest::kNone;  // of that verdict

  void note(Verdict other, bool not_run, std::size_t its_cause);
};

// A row of the matrix: a host, a group or the cluster, or several of one kind that are alike.
struct VerdictRow {
  std::vector<std::string> names;
  std::vector<std::size_t> hosts;  // indices into RunRecord::hosts; none: a group or the cluster
  std::string state;               // of the hosts
  Worst all;
  std::vector<Worst> steps;  // by index into RunRecord::steps: the worst over the host's NPUs
  std::vector<Worst> npus;   // the worst over the steps
};

struct HostRows {
  // With more hosts than this, those of which every verdict is the same share a row, worst first,
  // and groups likewise: a longer table is not read, and a browser draws it slowly.
  static constexpr std::size_t kFoldAbove = 64;
  // What index.html shows of them; hosts.html has all.
  static constexpr std::size_t kShown = 200;

  static constexpr int kNpus = 64;  // of a host, at most; an inventory allows fewer

  bool folded = false;
  std::vector<VerdictRow> hosts, others;
  std::vector<std::string> files;  // of each host of the record: "host-node-01.html"
};

HostRows host_rows(const RunRecord& record, const Digest& digest);

}  // namespace touchstone
