#include "harness/model/evidence.h"

#include <gtest/gtest.h>

namespace touchstone {
namespace {

// Copies of all answers would be hundreds of megabytes.
TEST(EvidenceBook, RefersToVisitsThatOutliveIt) {
  const Inventory inventory;
  std::vector<Visit> visits{{.host = "a"}, {.host = "b"}};
  const EvidenceBook book(inventory, pointers_to(visits));
  EXPECT_EQ(book.visit("b"), &visits[1]);
  EXPECT_EQ(book.visit("c"), nullptr);
}

TEST(EvidenceBook, KeepsVisitsThatWouldNot) {
  const Inventory inventory;
  std::vector<Visit> visits{{.host = "a", .seconds = 2.5}};
  const EvidenceBook book(inventory, visits);
  visits.clear();
  ASSERT_NE(book.visit("a"), nullptr);
  EXPECT_EQ(book.visit("a")->seconds, 2.5);
}

}  // namespace
}  // namespace touchstone
