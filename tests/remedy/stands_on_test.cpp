// Which changes of a plan stand on which: what is skipped where a precondition does not hold.
#include <map>

#include <gmock/gmock.h>

#include "harness/remedy/plan.h"

namespace touchstone {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Change a_change(const char* host, int npu, const char* subject, Stage stage) {
  return {.host = host, .npu = npu, .subject = subject, .stage = stage};
}

std::vector<Change> addresses(const Evidence&) {
  return {a_change("a", 3, "ip", Stage::kNpuAddress), a_change("a", -1, "first", Stage::kRunc)};
}
std::vector<Change> gateways(const Evidence&) {
  return {a_change("a", 3, "gateway 3", Stage::kNpuGateway),
          a_change("a", 4, "gateway 4", Stage::kNpuGateway)};
}
std::vector<Change> switches(const Evidence&) {
  return {a_change("a", 3, "tls", Stage::kNpuTls)};
}
std::vector<Change> tables(const Evidence&) {
  Change needs_both = a_change("b", -1, "table", Stage::kRankTable),
         alone = a_change("b", -1, "mode", Stage::kRankTable);
  needs_both.hosts_needed = {"a", "b"};
  return {needs_both, alone};
}

TEST(StandsOn, FollowsStepsHostsAndNpus) {
  Chapter chapter{.id = "3"};
  chapter.step({.id = "3.10", .remedy = {.changes = addresses}});
  chapter.step({.id = "3.7", .stands_on = {"3.10"}, .remedy = {.changes = gateways}});
  chapter.step({.id = "3.8", .remedy = {.changes = switches}});
  chapter.step({.id = "3.20", .stands_on = {"3.7"}, .remedy = {.changes = tables}});
  Inventory inventory;
  inventory.groups.push_back({.name = "g"});
  for (const char* name : {"a", "b"}) inventory.groups[0].hosts.push_back({.name = name});
  RunRecord record;
  for (const Step& step : chapter.steps) {
    record.results.push_back({.step = record.steps.size(),
                              .target = {.group = "g", .host = "a"},
                              .verdict = Verdict::kFail});
    record.steps.push_back({.id = step.id});
  }
  record.hosts = {{.name = "a"}, {.name = "b"}};
  const std::vector<Visit> visits;
  const FixPlan plan =
      make_fix_plan({chapter}, EvidenceBook(inventory, visits), record, Risk::kService);
  std::map<std::string, const NumberedChange*> by_subject;
  for (const NumberedChange& one : plan.changes) by_subject[one.change.subject] = &one;
  const auto of = [&](const char* subject) { return by_subject.at(subject)->stands_on; };
  const int first = by_subject.at("first")->id, ip = by_subject.at("ip")->id;
  EXPECT_THAT(of("first"), IsEmpty());
  EXPECT_THAT(of("ip"), ElementsAre(first)) << "of one step, in a later stage";
  EXPECT_THAT(of("gateway 3"), ElementsAre(first, ip));
  EXPECT_THAT(of("gateway 4"), ElementsAre(first)) << "another NPU";
  EXPECT_THAT(of("tls"), IsEmpty()) << "of no step that its own stands on";
  EXPECT_EQ(of("table").size(), 4U) << "through a step between, on a host that it needs";
  EXPECT_THAT(of("mode"), IsEmpty()) << "of another host";
}

}  // namespace
}  // namespace touchstone
