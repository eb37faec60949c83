#pragma once

#include <set>
#include <sstream>
#include <string>

#include "tests/e2e/cluster.h"

namespace touchstone {

// Names, kinds, modes, owners, links and contents of all that the hosts have, but for Touchstone's
// own folder, the processes of the service, the words of its log, and what the simulator notes of
// units. One line a fact.
inline std::string whole_state(const Cluster& cluster) {
  const std::string others =
      "find . \\( -path '*/var/lib/touchstone' -o -path '*/proc' -o -path '*/mindie/log' -o -path "
      "'*/mindie-service/logs' -o -path './*/units' \\) -prune -o ";
  return shell("cd " + cluster.dir() + "/hosts && " + others +
               "-printf '%p %y %m %u %g %l\\n' | sort; " + others +
               "-type f -print0 | sort -z | xargs -0 sha256sum")
      .out;
}

inline std::set<std::string> lines_of(const std::string& text) {
  std::set<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.insert(line);
  return lines;
}

// What was right and is not there any more: lines of the healthy state that the faults had left
// alone, and that are gone afterwards.
inline std::set<std::string> changed_although_right(const std::string& healthy,
                                                    const std::string& broken,
                                                    const std::string& after) {
  const std::set<std::string> left_alone = lines_of(broken), there = lines_of(after);
  std::set<std::string> changed;
  for (const std::string& line : lines_of(healthy))
    if (left_alone.contains(line) && !there.contains(line)) changed.insert(line);
  return changed;
}

}  // namespace touchstone
