#include <array>

#include "harness/parse/kinds_json.h"
#include "harness/parse/safetensors.h"
#include "harness/parse/weights_config.h"
#include "harness/parse/weights_files.h"
#include "harness/parse/weights_index.h"

namespace touchstone {
namespace {

Json weights_files(const WeightsFiles& value) {
  Json files = Json::array();
  for (const WeightsFile& file : value.files) {
    Json one = {{"name", file.name}, {"link", file.link}, {"there", file.there}};
    if (file.there)
      one.update({{"mode", mode_text(file.stat.mode)},
                  {"owner", file.stat.owner},
                  {"group", file.stat.group},
                  {"size", file.stat.size},
                  {"type", file.stat.type}});
    files.push_back(std::move(one));
  }
  return {{"files", std::move(files)}};
}

Json weights_index(const WeightsIndex& value) {
  return {{"bytes", value.bytes},
          {"shards", value.shards},
          {"inverse_scales", value.inverse_scales},
          {"scales", value.scales},
          {"sha256", value.sha256}};
}

Json shard(const SafetensorsShard& value) {
  const auto size = value.expected_size();
  return {{"name", value.name},
          {"tensors", value.tensors},
          {"dtypes", value.dtypes},
          {"expected_size", size ? Json(size.value()) : Json(nullptr)},
          {"wrong", size ? Json(nullptr) : Json(size.refusal().reason.en)}};
}

Json weights_config(const WeightsConfig& value) {
  return {{"model_type", value.model_type},
          {"torch_dtype", value.torch_dtype},
          {"quantize", value.quantize},
          {"quant_method", value.quant_method}};
}

Json quant_description(const QuantDescription& value) {
  return {{"type", value.type}};
}

Json weights_path(const WeightsPath& value) {
  return {{"path", value.path}};
}

constexpr std::array kWeightsKinds = {
    ParseKind{"weights-path",
              "cat conf/config.json",
              {"服务从哪里读取权重", "where the service looks for its weights"},
              one_to_json<WeightsPath, parse_weights_path, weights_path>},
    ParseKind{"weights-files",
              "sh -c (stat of every file)",
              {"权重目录的清单", "a listing of the weights' folder"},
              one_to_json<WeightsFiles, parse_weights_files, weights_files>},
    ParseKind{"weights-index",
              "sh -c (counts of an index)",
              {"权重索引中的内容", "what a weight index names"},
              one_to_json<WeightsIndex, parse_weights_index, weights_index>},
    ParseKind{"safetensors",
              "sh -c (headers of the shards)",
              {"每个分片应有的长度", "how long each shard must be"},
              each_to_json<SafetensorsShard, parse_safetensors, shard>},
    ParseKind{"weights-config",
              "cat config.json",
              {"模型 config.json 的内容", "what a model's config.json says"},
              one_to_json<WeightsConfig, parse_weights_config, weights_config>},
    ParseKind{"quant-description",
              "grep model_quant_type",
              {"权重的量化方式", "how weights were quantised"},
              one_to_json<QuantDescription, parse_quant_description, quant_description>},
};

}  // namespace

std::span<const ParseKind> weights_kinds() {
  return kWeightsKinds;
}

}  // namespace touchstone
