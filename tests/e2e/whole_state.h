#pragma once

#include <set>
#include <sstream>
#include <string>

#include "tests/e2e/cluster.h"

namespace touchstone {

// Names, kinds, modes, owners, links and contents of all that the hosts have, what the simulator
// keeps of them (owners, containers, Docker, the NPUs' settings), and how many of which process run
// inside. One line a fact. Left out are Touchstone's own folder, the numbers of processes
// (./*/service has them, too), the words of the service's log, the units as systemd has loaded
// them, when a container was last started, and the folder of further containers, which the
// simulator makes as it needs it.
inline std::string whole_state(const Cluster& cluster) {
  const std::string others =
      "find . \\( -path '*/var/lib/touchstone' -o -path '*/proc' -o -path '*/mindie/log' -o -path "
      "'*/mindie-service/logs' -o -path './*/units' -o -path './*/service' \\) -prune -o ";
  return shell("cd " + cluster.dir() + "/hosts && " + others +
               "! -path './*/containers' -printf '%p %y %m %u %g %l\\n' | sort; " + others +
               "-type f ! -path './*/state' -print0 | sort -z | xargs -0 sha256sum; "
               "grep -H '' ./*/state | grep -Ev "
               "':containers?\\.([^ ]*\\.)?(started|finished|exit_code) =' | sort; "
               "for h in *; do cat $h/container/proc/[0-9]*/comm 2>/dev/null | sort | uniq -c | "
               "sed \"s|^|$h runs|\"; done")
      .out;
}

// Of Touchstone's own folder on the hosts: what is there, and when it last changed. A run that only
// takes and gives back the lock is seen, too.
inline std::string own_folders(const Cluster& cluster) {
  return shell("cd " + cluster.dir() +
               "/hosts && find . -path '*/var/lib/touchstone*' -printf '%p %s %T@\\n' | sort")
      .out;
}

inline std::set<std::string> lines_of(const std::string& text) {
  std::set<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.insert(line);
  return lines;
}

// The lines that only one of two states has, for messages.
inline std::string state_difference(const std::string& before, const std::string& after) {
  const std::set<std::string> old = lines_of(before), now = lines_of(after);
  std::string text;
  for (const std::string& line : old)
    if (!now.contains(line)) text += "- " + line + "\n";
  for (const std::string& line : now)
    if (!old.contains(line)) text += "+ " + line + "\n";
  return text;
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
