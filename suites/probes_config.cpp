#include "suites/probes_config.h"

namespace touchstone {
namespace {

// Files that may be missing: the command exits 1, and the parser reads its message.
template <class T>
Probe<T> inside(std::string key, std::vector<std::string> argv,
                Parsed<T> (*parse)(std::string_view, std::string_view)) {
  Probe<T> probe;
  probe.key = std::move(key);
  probe.where = Where::kContainer;
  probe.argv = std::move(argv);
  probe.accepted = {0, 1};
  probe.parse = parse;
  return probe;
}

constexpr const char* kPath = "{croot}{mindie}/conf/config.json";

}  // namespace

const Probe<MindieConfig> kServiceConfig =
    inside<MindieConfig>("service-config", {"cat", kPath}, parse_mindie_config);
const Probe<FileStat> kConfigFileStat = inside<FileStat>(
    "service-config-stat", {"stat", "-c", std::string(kStatFormat), kPath}, parse_stat);
const Probe<RankTable> kServiceRankTable =
    inside<RankTable>("service-rank-table", {"cat", "{croot}{rank_table}"}, parse_rank_table);

}  // namespace touchstone
