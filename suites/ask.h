#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/model/probe.h"
#include "harness/parse/stat.h"

// How the questions of the suites are written down.
namespace touchstone {

// `accepted`: exit codes that the parser knows what to make of; `seconds`: the limit on the host.
// NOLINTBEGIN(performance-unnecessary-value-param): moved, which the check does not see in a
// template
template <class T>
Probe<T> ask(Where where, std::string key, std::vector<std::string> argv,
             Parsed<T> (*parse)(std::string_view, std::string_view),
             std::vector<int> accepted = {0}, double seconds = 10) {
  Probe<T> probe;
  probe.key = std::move(key);
  probe.where = where;
  probe.argv = std::move(argv);
  probe.accepted = std::move(accepted);
  probe.seconds = seconds;
  probe.parse = parse;
  return probe;
}
// NOLINTEND(performance-unnecessary-value-param)

enum class Links { kSeen, kFollowed };

// As parse_stat reads it.
inline std::vector<std::string> stat_of(std::string path, Links links) {
  std::vector<std::string> argv{"stat"};
  if (links == Links::kFollowed) argv.push_back("-L");
  argv.insert(argv.end(), {"-c", std::string(kStatFormat), std::move(path)});
  return argv;
}

}  // namespace touchstone
