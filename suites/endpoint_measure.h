#pragma once

#include <vector>

#include "harness/model/evidence.h"
#include "harness/model/run_record.h"
#include "harness/parse/http_exchange.h"

namespace touchstone {

// What a measured question tells of those of its requests that were answered whole.
struct Measured {
  std::size_t asked = 0;
  std::vector<double> first_token;  // seconds, sorted
  std::vector<double> per_token;    // seconds between tokens after the first, sorted
  std::vector<double> whole;        // seconds of each request, sorted
  double tokens = 0;
  double tokens_per_second = 0;  // of all of them together
  int parallel = 1;
  const HttpExchange* failed = nullptr;  // the first that was not answered well
  std::size_t answered() const { return whole.size(); }
};
Measured measure(const HttpExchanges& exchanges);
// Of what its master answered; null: nothing that could be read. Throws NoEvidence where the answer
// is no usable one.
const Measured* measured_of(const EvidenceBook& book, const Group& group);

// The smallest value that at least this share of the values does not exceed. Not of nothing.
double percentile(const std::vector<double>& sorted, double share);

// What the reports show, whatever the verdicts: a row per group and value.
void add_measurements(const EvidenceBook& book, RunRecord& record);

}  // namespace touchstone
