#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "harness/model/run_record.h"
#include "harness/model/said_error.h"

namespace touchstone {

// Says where in the text and what would be right.
class RunJsonError : public SaidError {
 public:
  using SaidError::SaidError;
};

// The whole record, as docs/run-record.schema.json describes it; reading it again gives an equal
// record. Bytes that are no UTF-8 are replaced in "key" and kept in "key_b64". A line a result, so
// that large records can be searched by line.
std::string run_json(const RunRecord& record);

// Throws RunJsonError.
RunRecord run_from_json(std::string_view text);

}  // namespace touchstone
