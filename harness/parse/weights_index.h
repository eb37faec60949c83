#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "harness/model/parsed.h"

namespace touchstone {

// What a weight index (model.safetensors.index.json, quant_model_weight….safetensors.index.json)
// names, as the host has counted it: the file itself has up to 17 MB, one line for every tensor,
// and is the same on every host. Lines: "bytes N", "first C", "last C" (its first and last
// character that is no blank), "scale-inv N", "scale N" (tensors that only FP8, or only quantised
// weights have), "shard COUNT "NAME"" (as JSON writes it), "sha256 DIGEST". No such file: kNotSet;
// begun or ended like no JSON object: malformed.
struct WeightsIndex {
  std::int64_t bytes = 0;
  std::map<std::string, std::int64_t> shards;  // name → tensors in it
  std::int64_t inverse_scales = 0;             // weight_scale_inv: the original FP8 weights
  std::int64_t scales = 0;                     // weight_scale: quantised by msmodelslim
  std::string sha256;
  bool operator==(const WeightsIndex&) const = default;
};
Parsed<WeightsIndex> parse_weights_index(std::string_view out, std::string_view err);

}  // namespace touchstone
