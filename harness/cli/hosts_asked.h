#pragma once

#include <atomic>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "harness/cli/options.h"
#include "harness/cli/so_far.h"
#include "harness/collect/collector.h"
#include "harness/evaluate/plan.h"
#include "reports/progress.h"

namespace touchstone::cli {

// The hosts of a run, over connections that are kept: asked once by the plan, then again as far as
// something was changed.
class HostsAsked {
 public:
  // `more`: something will be asked after the first round. `tell`: what is known meanwhile.
  HostsAsked(const RunOptions& options, const Inventory& inventory, std::size_t hosts, bool more,
             const std::atomic<bool>* interrupted, SoFar::Tell tell = nullptr);
  ~HostsAsked();

  // The first round of all hosts of the plan, and the later ones.
  void visit(const Plan& plan);
  // The questions of this part of the plan once more, of these hosts; answers are replaced.
  void visit_again(const Plan& part, const std::set<std::string>& hosts);
  // Answers that are no evidence: they are not among the visits afterwards. In the order of `turn`.
  std::vector<Answer> ask(const Turn& turn);

  const std::vector<Visit>& visits() const { return visits_; }
  bool stay_connected() const { return collection_.stays_connected(); }

 private:
  CollectOptions how(const RunOptions& options, bool more);
  const Inventory& inventory_;
  const std::atomic<bool>* interrupted_;
  double second_look_;
  ConsoleProgress progress_;
  SoFar so_far_;
  Collection collection_;
  std::vector<Visit> visits_;
};

}  // namespace touchstone::cli
