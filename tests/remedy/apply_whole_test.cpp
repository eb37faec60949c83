// What is made as a whole or not at all: changes that belong together, and plans that were kept.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/remedy/applied.h"

namespace touchstone {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;

TEST_F(Applied, WhatBelongsTogetherIsMadeOnAllOrOnNone) {
  LocalHosts::write(hosts_.path("node-01", "a"), "not as planned");
  NumberedChange one = write("node-01", 2, "table", Stage::kRankTable),
                 two = write("node-02", 3, "table", Stage::kRankTable);
  for (NumberedChange* change : {&one, &two}) change->change.hosts_needed = {"node-01", "node-02"};
  const auto outcomes = apply(plan({write("node-01", 1, "a", Stage::kRunc), one, two}));
  EXPECT_THAT(outcomes, ElementsAre(Outcome::kMoved, Outcome::kSkipped, Outcome::kSkipped));
  EXPECT_FALSE(there("node-02", "table"));
  EXPECT_THAT(results_[2].why.en, HasSubstr("it needs node-01, too"));
}

// A precondition of node-02 does not hold: a table on node-01 alone would be of no use.
TEST_F(Applied, AndOnNoneWhereAPreconditionOfOneDoesNotHold) {
  NumberedChange one = write("node-01", 1, "table", Stage::kRankTable),
                 two = write("node-02", 2, "table", Stage::kRankTable);
  for (NumberedChange* change : {&one, &two}) change->change.hosts_needed = {"node-01", "node-02"};
  two.change.guards = {
      {.argv = {"false"}, .otherwise = {"地址变了", "the addresses have changed"}}};
  const auto outcomes = apply(plan({one, two, write("node-01", 3, "other", Stage::kRankTable),
                                    write("node-02", 4, "later", Stage::kWeights)}));
  EXPECT_THAT(outcomes,
              ElementsAre(Outcome::kSkipped, Outcome::kRefused, Outcome::kDone, Outcome::kDone));
  EXPECT_EQ(results_[0].why.en, "it needs node-02, too: the addresses have changed");
  EXPECT_EQ(results_[0].why.zh, "需要 node-02 一同就绪:地址变了");
  EXPECT_EQ(results_[1].why.en, "the addresses have changed");
  EXPECT_FALSE(there("node-01", "table") || there("node-02", "table"));
}

TEST_F(Applied, AsAWholeOrNotAtAllWhereThatIsAskedFor) {
  LocalHosts::write(hosts_.path("node-02", "a"), "changed since");
  const auto outcomes =
      apply(plan({write("node-01", 1, "a", Stage::kRunc), write("node-02", 2, "a", Stage::kRunc)}),
            {.all_or_nothing = true});
  EXPECT_THAT(outcomes, ElementsAre(Outcome::kSkipped, Outcome::kMoved));
  EXPECT_FALSE(there("node-01", "a"));
}

// Of each it is told why, and journalled: who holds the host, who else is kept from it.
TEST_F(Applied, AsAWholeOrNotAtAllAndSaysWhy) {
  const FixRun other{"20261126-000000-00000002", "other@there"};
  hosts_.run(lock_command(other, hosts_.host("node-02"), false));
  NumberedChange needs = write("node-01", 2, "b", Stage::kRankTable);
  needs.change.hosts_needed = {"node-01", "node-02"};
  std::vector<std::string> told;
  ApplyOptions options{.all_or_nothing = true};
  options.on_change = [&](const NumberedChange& one, const ChangeResult& result) {
    told.push_back(one.change.host + " " + result.why.en);
  };
  apply(plan({write("node-01", 1, "a", Stage::kRunc), needs,
              write("node-02", 3, "b", Stage::kRankTable)}),
        options);
  const auto holder = HasSubstr("held by run " + other.id + ", of other@there, since ");
  EXPECT_THAT(
      told,
      ElementsAre("node-01 another change of the plan cannot be made, so none of it is",
                  testing::AllOf(testing::StartsWith("node-01 it needs node-02, too: "), holder),
                  testing::AllOf(testing::StartsWith("node-02 the host's lock: "), holder)));
  const JournalStory kept = story();
  ASSERT_EQ(kept.entries.size(), 3U);
  for (const auto& entry : kept.entries) {
    EXPECT_EQ(entry.result.outcome, Outcome::kSkipped);
    EXPECT_FALSE(entry.result.why.zh.empty());
  }
  EXPECT_THAT(kept.entries[2].result.why.en, holder);
  EXPECT_FALSE(there("node-01", "a"));
}

// Nothing is under way where somebody has only looked.
TEST_F(Applied, AHostThatIsSilentWhenItIsLookedAtWasNotTouched) {
  hosts_.lost = "node-02 fix-look-2";
  const auto outcomes =
      apply(plan({write("node-01", 1, "a", Stage::kRunc), write("node-02", 2, "a", Stage::kRunc)}),
            {.all_or_nothing = true});
  EXPECT_THAT(outcomes, Each(Outcome::kSkipped));
  EXPECT_EQ(results_[1].why.en,
            "the host did not answer when its state was looked at: the connection was lost (the "
            "line is dead); nothing was changed");
}

TEST_F(Applied, NeedsTheHostsOfWhatIsAllowed) {
  NumberedChange needs = write("node-01", 1, "a", Stage::kRunc),
                 risky = write("node-03", 2, "a", Stage::kRunc);
  needs.change.hosts_needed = {"node-01", "node-02"};
  risky.change.risk = Risk::kDisruptive;
  EXPECT_THAT(plan({needs, risky}).hosts_needed(), ElementsAre("node-01", "node-02"));
}

}  // namespace
}  // namespace touchstone
