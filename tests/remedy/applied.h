#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/remedy/apply.h"
#include "tests/remedy/local_hosts.h"

namespace touchstone {

// Plans applied to hosts that are folders.
class Applied : public testing::Test {
 protected:
  LocalHosts hosts_{{"node-01", "node-02"}};

  std::string journal_path() const { return hosts_.path("", "journal.jsonl").string(); }
  JournalStory story() const { return read_journal(LocalHosts::read(journal_path())); }

  FixPlan plan(std::vector<NumberedChange> changes) const {
    return {.run = kTestRun,
            .cluster = "here",
            .allowed = Risk::kService,
            .changes = std::move(changes)};
  }
  NumberedChange write(const std::string& host, int id, const std::string& file,
                       Stage stage) const {
    NumberedChange change =
        file_change(hosts_, host, id, file, std::nullopt, "content of " + file + "\n");
    change.change.stage = stage;
    return change;
  }
  std::vector<Outcome> apply(const FixPlan& plan, const ApplyOptions& options = {}) {
    Journal journal(journal_path());
    journal.start(plan.run, plan.cluster, "/cluster.yaml");
    journal.plan(plan);
    results_ = apply_plan(
        plan, hosts_.inventory(), [&](const Turn& turn) { return hosts_.ask(turn); }, journal,
        options);
    journal.finish();
    std::vector<Outcome> outcomes;
    for (const ChangeResult& result : results_) outcomes.push_back(result.outcome);
    return outcomes;
  }
  bool there(const std::string& host, const std::string& file) const {
    return std::filesystem::exists(hosts_.path(host, file));
  }

  std::vector<ChangeResult> results_;
};

}  // namespace touchstone
