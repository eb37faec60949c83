#include <gtest/gtest.h>

#include "harness/model/host_pattern.h"
#include "harness/model/number_range.h"
#include "harness/model/value_rule.h"
#include "harness/model/version_range.h"
#include "tests/e2e/sentences.h"

namespace touchstone {
namespace {

TEST(VersionRange, ComparesAsHuaweiNumbers) {
  // Each is older than the next.
  const char* const rising[] = {"23.0.rc2", "23.0.7",   "24.1.rc1", "24.1.rc3", "24.1.rc3.3",
                                "24.1.0",   "24.1.0.1", "25.2.0",   "100.0"};
  for (std::size_t i = 0; i + 1 < std::size(rising); ++i) {
    EXPECT_LT(compare_versions(rising[i], rising[i + 1]), 0) << rising[i] << " < " << rising[i + 1];
    EXPECT_GT(compare_versions(rising[i + 1], rising[i]), 0);
    EXPECT_EQ(compare_versions(rising[i], rising[i]), 0);
  }
  EXPECT_LT(compare_versions("1.0.T71.B020", "2.0.T3"), 0);  // test builds of MindIE
  EXPECT_LT(compare_versions("2.0.T3", "2.0.T9"), 0);
  EXPECT_GT(compare_versions("2.0.T3.B010", "2.0.T3"), 0);  // a build of it
  EXPECT_LT(compare_versions("2.0.T3.B010", "2.0.T4"), 0);
  EXPECT_LT(compare_versions("9", "99999999999999999999999"), 0);  // too long for a number
}

TEST(VersionRange, ExactMeansExactly) {
  EXPECT_TRUE(version_fits("24.1.rc3", "24.1.rc3"));
  EXPECT_FALSE(version_fits("24.1.rc3.3", "24.1.rc3"));
  EXPECT_FALSE(version_fits("24.1.RC3", "24.1.rc3"));
  EXPECT_FALSE(version_fits("", "24.1.rc3"));
}

TEST(VersionRange, BoundsAreJoinedByCommas) {
  EXPECT_TRUE(version_fits("24.1.0", ">=24.1.rc3"));
  EXPECT_TRUE(version_fits("24.1.0", ">=24.1.rc3, <25"));
  EXPECT_FALSE(version_fits("25.2.0", ">=24.1.rc3,<25"));
  EXPECT_FALSE(version_fits("23.0.7", ">=24.1.rc3,<25"));
  EXPECT_TRUE(version_fits("2.0.T3.B010", ">=2.0.T3,<2.0.T4"));
  EXPECT_FALSE(version_fits("2.0.T4.B001", ">=2.0.T3,<2.0.T4"));
  EXPECT_TRUE(version_range_error(">=24.1.rc3,<25").empty());
  expect_both_languages(version_range_error(">="));
  expect_both_languages(version_range_error("24.1; rm"));
}

TEST(NumberRange, ReadsEveryForm) {
  EXPECT_EQ(NumberRange::parse("8")->str(), "8");
  EXPECT_EQ(NumberRange::parse(">=4")->str(), ">=4");
  EXPECT_EQ(NumberRange::parse("<=4608")->str(), "<=4608");
  EXPECT_EQ(NumberRange::parse("2..60")->str(), "2..60");
  EXPECT_EQ(NumberRange::parse("any")->str(), "any");
  for (const char* wrong : {"", "x", "4..2", ">=", "1..", "nan", "1e999", "8 "})
    EXPECT_FALSE(NumberRange::parse(wrong)) << wrong;
}

TEST(NumberRange, HoldsItsBounds) {
  const NumberRange range = *NumberRange::parse("2..60");
  EXPECT_TRUE(range.holds(2) && range.holds(60));
  EXPECT_FALSE(range.holds(1.99) || range.holds(60.01));
}

TEST(HostPattern, KeepsLeadingZerosAndOrder) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(*expand_host_pattern("node-01"), Names{"node-01"});
  EXPECT_EQ(*expand_host_pattern("node-[01-03,07]"),
            (Names{"node-01", "node-02", "node-03", "node-07"}));
  EXPECT_EQ(*expand_host_pattern("r[1-2]n[08-10]"),
            (Names{"r1n08", "r1n09", "r1n10", "r2n08", "r2n09", "r2n10"}));
  EXPECT_EQ(expand_host_pattern("n[1-10000]")->size(), 10000U);
}

TEST(HostPattern, SaysWhatIsWrong) {
  for (const char* wrong : {"n[1-3", "n1-3]", "n[]", "n[a-c]", "n[3-1]", "n[1-99999]",
                            "n[1-101][1-101]", "n[1,,2]", "n[1-]"}) {
    Text error;
    EXPECT_FALSE(expand_host_pattern(wrong, &error)) << wrong;
    expect_both_languages(error);
  }
}

TEST(ValueRule, FitsTextsNumbersAndRanges) {
  struct Row {
    const char *value, *wanted;
    bool fits;
  };
  for (const Row& row : {Row{"hccl", "hccl", true},
                         {"HCCL", "hccl", false},
                         {"0.950", "0.95", true},
                         {"7200 ", "7200", false},
                         {"7200", "120..7200", true},
                         {"7201", "120..7200", false},
                         {"x", "120..7200", false},
                         {"", "120..7200", false},
                         {"3", ">=4", false},
                         {"x", "any", true},
                         {"", "any", false},
                         {"nan", "nan", true},
                         {"../x", "../x", true}})
    EXPECT_EQ(value_fits(row.value, row.wanted), row.fits) << row.value << " / " << row.wanted;
  EXPECT_TRUE(wants_number("1..2") && wants_number("0.95") && wants_number(">=2"));
  EXPECT_FALSE(wants_number("127.0.0.1") || wants_number("any") || wants_number("true"));
  EXPECT_TRUE(value_rule_error("a..b").empty());
  expect_both_languages(value_rule_error("9..2"));
  expect_both_languages(value_rule_error(">=x"));
}

}  // namespace
}  // namespace touchstone
