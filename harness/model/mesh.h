#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harness/model/text.h"

namespace touchstone {

// The pings between the NPUs of one group (3.1.14), as reports show them.

struct MeshNpu {
  std::string host;
  int npu = 0;
  std::string address;   // empty: unknown
  Text left_out;         // why nobody asked it, nor it anybody; empty: it takes part
  bool suspect = false;  // several partners lose packets with it, and hardly with one another
  bool operator==(const MeshNpu&) const = default;
};

// One NPU asked by another; the opposite direction is a pair of its own.
struct MeshPair {
  enum class Result {
    kWhole,     // every packet came back, and the tool was content
    kLost,      // some or all did not
    kNoAnswer,  // we do not know
  };
  std::size_t from = 0, to = 0;  // indices into Mesh::npus
  Result result = Result::kNoAnswer;
  int sent = 0, received = 0;  // 0 of 0 where there is no answer
  Text why;                    // why there is none
  bool operator==(const MeshPair&) const = default;
};

struct Mesh {
  // Which of the pairs were to be asked.
  enum class Form {
    kAll,    // every pair of NPUs on different hosts (direct fibre: of the same index)
    kRail,   // all of the same index, and of the others a sample as large as the limit allows
    kSample  // a sample of those of the same index
  };
  std::string group;
  Form form = Form::kAll;
  bool same_index = false;      // direct fibre: only pairs of the same index are there
  std::vector<MeshNpu> npus;    // in the order of the inventory, those left out as well
  std::vector<MeshPair> pairs;  // those that were to be asked
  std::size_t there_are = 0;    // directed pairs, with the NPUs that are left out
  bool operator==(const Mesh&) const = default;

  std::size_t count(MeshPair::Result result) const {
    std::size_t found = 0;
    for (const MeshPair& pair : pairs) found += pair.result == result;
    return found;
  }
};

}  // namespace touchstone
