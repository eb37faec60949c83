#include "suites/probes_config.h"

namespace touchstone {

const Probe<MindieConfig> kServiceConfig = of_service_config(parse_mindie_config);
// Files that may be missing: the command exits 1, and the parser reads its message.
const Probe<FileStat> kConfigFileStat =
    ask(Where::kContainer, "service-config-stat", stat_of(kServiceConfigPath, Links::kSeen),
        parse_stat, {0, 1});
const Probe<RankTable> kServiceRankTable =
    ask(Where::kContainer, "service-rank-table", {"cat", "{croot}{rank_table}"}, parse_rank_table,
        {0, 1});

}  // namespace touchstone
