#pragma once

#include "harness/model/probe.h"
#include "harness/parse/mindie_config.h"
#include "harness/parse/rank_table.h"
#include "harness/parse/stat.h"
#include "suites/ask.h"

// The questions of sections 6.1 and 6.2.
namespace touchstone {

inline constexpr const char* kServiceConfigPath = "{croot}{mindie}/conf/config.json";

// The service's config.json, which is asked for once: chapters 5 and 6 read from the one answer
// what each of them needs. It may be missing: then the command exits 1, and the parser reads its
// message.
template <class T>
Probe<T> of_service_config(Parsed<T> (*parse)(std::string_view, std::string_view)) {
  return ask(Where::kContainer, "service-config", {"cat", kServiceConfigPath}, parse, {0, 1});
}

extern const Probe<MindieConfig> kServiceConfig;
extern const Probe<FileStat> kConfigFileStat;
extern const Probe<RankTable> kServiceRankTable;  // as the container sees it

}  // namespace touchstone
