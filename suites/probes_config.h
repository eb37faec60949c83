#pragma once

#include "harness/model/probe.h"
#include "harness/parse/mindie_config.h"
#include "harness/parse/rank_table.h"
#include "harness/parse/stat.h"

// The questions of sections 6.1 and 6.2.
namespace touchstone {

extern const Probe<MindieConfig> kServiceConfig;
extern const Probe<FileStat> kConfigFileStat;
extern const Probe<RankTable> kServiceRankTable;  // as the container sees it

}  // namespace touchstone
