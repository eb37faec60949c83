#include <fmt/format.h>

#include "harness/cli/commands.h"
#include "harness/cli/files.h"
#include "harness/config/inventory.h"
#include "harness/evaluate/plan.h"
#include "harness/model/said.h"
#include "suites/chapters.h"

namespace touchstone::cli {
namespace {

// Without an inventory nobody knows the targets: one host of eight NPUs stands for all, and no
// numbers are shown.
Inventory any_inventory() {
  Inventory inventory;
  inventory.groups.push_back({.name = "group-1", .hosts = {{.name = "host"}}});
  return inventory;
}

}  // namespace

int list(const ListOptions& options) {
  const bool counted = !options.inventory.empty();
  const Inventory inventory = counted ? load_inventory(options.inventory) : any_inventory();
  const std::vector<Chapter> chapters = all_chapters();
  Selection selection = options.selection;
  if (!counted) selection.hosts.clear();
  const Plan plan = make_plan(chapters, inventory, selection);
  std::size_t steps = 0, verdicts = 0;
  const Chapter* chapter = nullptr;
  for (const PlannedStep& planned : plan.steps) {
    if (!planned.reported || !planned.selected) continue;
    if (chapter != &chapters[planned.chapter]) {
      chapter = &chapters[planned.chapter];
      print(fmt::format("{} {}\n", chapter->id, in(chapter->title, options.language)));
    }
    const std::string targets =
        counted ? fmt::format("{} x {}", planned.targets.size(), name_of(planned.step->on))
                : std::string(name_of(planned.step->on));
    print(fmt::format("  {:<7} {:<12} {:<28} {}\n", planned.step->id, targets, planned.step->name,
                      in(planned.step->title, options.language)));
    ++steps;
    verdicts += planned.targets.size();
  }
  const Text total =
      counted ? said("{} 步,{} 项判定,{} 台主机\n", "{} steps, {} verdicts on {} hosts\n", steps,
                     verdicts, plan.hosts.size())
              : said("{} 步\n", "{} steps\n", steps);
  print(in(total, options.language));
  return 0;
}

}  // namespace touchstone::cli
