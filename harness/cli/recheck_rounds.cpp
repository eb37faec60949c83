#include "harness/cli/recheck_rounds.h"

#include <chrono>
#include <thread>

#include "harness/evaluate/recheck.h"

namespace touchstone::cli {
namespace {

// In slices, so that an interrupted run ends soon.
void wait(double seconds, const std::atomic<bool>& interrupted) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  while (!interrupted && Clock::now() < end)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
}

}  // namespace

RunRecord look_again(const RunOptions& options, const std::vector<Chapter>& chapters,
                     const Inventory& inventory, const Plan& plan, const Looks& looks,
                     std::vector<Visit>& visits, RunRecord record) {
  for (int look = 0; look < options.recheck && !*looks.interrupted; ++look) {
    const auto again = plan_to_recheck(chapters, inventory, plan, record);
    if (!again) break;
    wait(options.recheck_after, *looks.interrupted);
    if (*looks.interrupted) break;
    take_over(visits, looks.ask(*again));
    RunRecord newer = looks.judge(visits);
    mark_flaky(record, newer);
    record = std::move(newer);
  }
  return record;
}

}  // namespace touchstone::cli
