#pragma once

#include <string>
#include <string_view>

#include "harness/model/parsed.h"

namespace touchstone {

// `cat config.json` of the weights: the few keys that decide how they are loaded. Empty: the key
// is not there.
struct WeightsConfig {
  std::string model_type;    // "deepseekv2", "deepseek_v3"
  std::string torch_dtype;   // "bfloat16"
  std::string quantize;      // "w8a8_dynamic": written by msmodelslim for MindIE
  std::string quant_method;  // quantization_config.quant_method: "fp8" of the original weights
  bool operator==(const WeightsConfig&) const = default;
};
Parsed<WeightsConfig> parse_weights_config(std::string_view out, std::string_view err);

// The quantisation description of msmodelslim: the whole file, or only the line with its
// model_quant_type (it has one line for every tensor besides). Without the key: kNotSet.
struct QuantDescription {
  std::string type;  // "W8A8_DYNAMIC"
  bool operator==(const QuantDescription&) const = default;
};
Parsed<QuantDescription> parse_quant_description(std::string_view out, std::string_view err);

// `cat conf/config.json` of the service, for the one value that says where the weights are. Taken
// from a file that is no strict JSON as well: that is said elsewhere, and must not hide the
// weights.
struct WeightsPath {
  std::string path;  // modelWeightPath, without slashes at the end
  bool operator==(const WeightsPath&) const = default;
};
Parsed<WeightsPath> parse_weights_path(std::string_view out, std::string_view err);

}  // namespace touchstone
