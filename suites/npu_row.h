#pragma once

#include "harness/model/evidence.h"
#include "suites/probes.h"

namespace touchstone {

// The row of this NPU in the table of `npu-smi info`; NoEvidence when the table does not list it.
inline const NpuSmiInfo::Npu& npu_row(const Evidence& npu) {
  for (const NpuSmiInfo::Npu& row : npu[kNpuSmi].npus)
    if (row.id == npu.npu()) return row;
  throw NoEvidence({npu.target().str() + ":`npu-smi info` 没有列出该 NPU",
                    npu.target().str() + ": `npu-smi info` does not list this NPU"});
}

}  // namespace touchstone
