#include <gtest/gtest.h>

#include "harness/remedy/difference.h"

namespace touchstone {
namespace {

TEST(Difference, IsEmptyOfEqualTexts) {
  EXPECT_EQ(difference("a\nb\n", "a\nb\n", "x"), "");
  EXPECT_EQ(difference("", "", "x"), "");
}

// What `diff -u` prints, but for the head.
TEST(Difference, ShowsLinesAroundAChange) {
  EXPECT_EQ(difference("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n", "x"),
            "--- x\n+++ x\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST(Difference, MakesTwoHunksOfWhatIsFarApart) {
  std::string before, after;
  for (int i = 0; i < 30; ++i) {
    before += std::to_string(i) + "\n";
    after += (i == 3    ? "three"
              : i == 25 ? ""
                        : std::to_string(i)) +
             std::string(i == 25 ? "" : "\n");
  }
  EXPECT_EQ(difference(before, after, "x"),
            "--- x\n+++ x\n@@ -1,7 +1,7 @@\n 0\n 1\n 2\n-3\n+three\n 4\n 5\n 6\n"
            "@@ -23,7 +23,6 @@\n 22\n 23\n 24\n-25\n 26\n 27\n 28\n");
}

TEST(Difference, OfAFileThatIsNew) {
  EXPECT_EQ(difference("", "a\nb", "x"),
            "--- x\n+++ x\n@@ -0,0 +1,2 @@\n+a\n+b\n\\ no line feed at the end\n");
}

TEST(Difference, EndsWithTwoLongTextsThatHaveNothingInCommon) {
  std::string before, after;
  for (int i = 0; i < 6000; ++i)
    before += "a" + std::to_string(i) + "\n", after += "b" + std::to_string(i) + "\n";
  EXPECT_GT(difference(before, after, "x").size(), 12000U);
}

}  // namespace
}  // namespace touchstone
