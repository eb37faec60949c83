#pragma once

#include <string>

#include "harness/model/run_record.h"
#include "reports/json.h"

namespace touchstone {

// Faults whose questions and answers are all there are: of ports, of files, of services, and of the
// way in.
inline constexpr const char* kFaultsOfAllKinds =
    "--fault tls-on@node-01/3 --fault gateway-missing@node-02/1 --fault ip-unset@node-01/6 "
    "--fault rank-table-comments@node-01 --fault docker-engine-down@node-02 --fault banner@node-01";

// The record without what differs from run to run: times, and who ran it how.
inline std::string timeless(RunRecord record) {
  record.command = record.operator_ = "";
  record.started = record.finished = 0;
  record.replayed = false;
  for (HostInfo& host : record.hosts) host.seconds = 0;
  for (StepResult& result : record.results) {
    result.seconds = 0;
    for (Exhibit& exhibit : result.exhibits) exhibit.answer.start = exhibit.answer.seconds = 0;
  }
  return run_json(record);
}

}  // namespace touchstone
