#pragma once

#include <string>
#include <vector>

#include "tests/e2e/cluster.h"

namespace touchstone {

// A fault that --fix repairs.
struct FixRow {
  const char* fault;
  std::vector<std::string> fixed;  // the steps that failed by it, and are `fixed` afterwards
  const char* risk = "safe";       // that it needs
  // Lines of whole_state() that undo does not bring back, as a pattern of grep -E; the row says
  // why.
  const char* differs = "";
  bool taken_back = true;      // false: no command takes it back, or the host refuses; undo says so
  bool until_reboot = false;   // it is right, and a pass, only after a reboot
  const char* selection = "";  // empty: the chapters of `fixed`
  const char* with = "";       // a fault that is made along with it
};

// Rows that are tried one after the other on one cluster.
struct FixGroup {
  const char* name;
  const char* options;             // of `touchstone-sim up`
  std::vector<const char*> files;  // keys of `site` that name a file of the hosts: "image_archive"
  std::vector<FixRow> rows;
};

// Every step that has a remedy is in one of the rows (FixRows.AreThereForEveryRemedy).
const std::vector<FixGroup>& fix_groups();

// Throws std::out_of_range.
const FixRow& fix_row(const std::string& fault);

// The ids of the steps with that verdict, one a target.
std::vector<std::string> with_verdict(const RunRecord& record, Verdict verdict);

// Names a file that the hosts have in `site`, with its checksum.
void name_file(Cluster& cluster, const std::string& key);

// Makes the faults, all at once, of which `rows` tell; repairs them; repairs a second time, which
// must ask no host to change anything; takes the first repair back; heals. `faults` may name hosts:
// "tls-on@node-01/2". `more`: options of `touchstone run` and `undo`, as --ssh-config.
void repair_and_take_back(Cluster& cluster, const std::vector<std::string>& faults,
                          const std::string& more = "");

}  // namespace touchstone
