#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "harness/model/run_record.h"

namespace touchstone {

// The host that the verdict is about; of a group and the cluster those that a finding names.
std::set<std::string> hosts_of(const StepResult& result);

// The record as one host sees it: its own results, and of those of groups and the cluster what was
// found on it. So the page of a host is made by what makes the whole report.
class HostRecords {
 public:
  // `whole` must outlive it.
  explicit HostRecords(const RunRecord& whole);

  // Of the host with this index in RunRecord::hosts; valid until the next call.
  const RunRecord& of(std::size_t host);

 private:
  void add(const StepResult& result, const std::string& host);
  void add_waivers();

  const RunRecord& whole_;
  std::unordered_map<std::string, std::vector<std::size_t>> results_, npus_, repairs_;
  RunRecord record_;
};

}  // namespace touchstone
