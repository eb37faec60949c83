#pragma once

#include "harness/model/later.h"
#include "harness/model/probe.h"
#include "harness/parse/df.h"
#include "harness/parse/safetensors.h"
#include "harness/parse/stat.h"
#include "harness/parse/weights_config.h"
#include "harness/parse/weights_files.h"
#include "harness/parse/weights_index.h"

// Questions about the weights, asked inside of the container. Where they are, only the service's
// configuration tells: all but the first two are asked later.
namespace touchstone {

extern const Probe<WeightsPath> kWeightsPath;
extern const Probe<FileStat> kRankTableInside;

// Phase 1, of the folder that the configuration names.
extern const Probe<WeightsFiles> kWeightsFiles;    // what is in it
extern const Probe<WeightsFiles> kWeightsFolders;  // itself and every folder above it, up to "/"
extern const Probe<WeightsConfig> kWeightsConfig;
extern const Probe<DiskFree> kWeightsMount;

// Phase 2, of the files that the listing names.
extern const Probe<WeightsIndex> kWeightsIndex;
extern const Probe<QuantDescription> kQuantDescription;
extern const Probe<std::vector<SafetensorsShard>> kShardHeaders;
Probe<FileSum> shard_sum(std::size_t number);  // of the n-th shard of the listing; --deep

std::vector<Later> weights_later();

// Of a listing: the shards by name; the index and the quantisation description that hold for them
// (empty: there is none).
std::vector<const WeightsFile*> shards_of(const WeightsFiles& files);
std::string index_of(const WeightsFiles& files);
std::string description_of(const WeightsFiles& files);

}  // namespace touchstone
