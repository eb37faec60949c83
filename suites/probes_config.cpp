#include "suites/probes_config.h"

#include "suites/ask.h"

namespace touchstone {
namespace {

constexpr const char* kConfigPath = "{croot}{mindie}/conf/config.json";

}  // namespace

// Files that may be missing: the command exits 1, and the parser reads its message.
const Probe<MindieConfig> kServiceConfig =
    ask(Where::kContainer, "service-config", {"cat", kConfigPath}, parse_mindie_config, {0, 1});
const Probe<FileStat> kConfigFileStat = ask(Where::kContainer, "service-config-stat",
                                            stat_of(kConfigPath, Links::kSeen), parse_stat, {0, 1});
const Probe<RankTable> kServiceRankTable =
    ask(Where::kContainer, "service-rank-table", {"cat", "{croot}{rank_table}"}, parse_rank_table,
        {0, 1});

}  // namespace touchstone
