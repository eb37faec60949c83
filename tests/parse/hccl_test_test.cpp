#include "harness/parse/hccl_test.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace touchstone {
namespace {

using testing::HasSubstr;

constexpr const char* kTableHead =
    "data_size(Bytes): | aveg_time(us): | alg_bandwidth(GB/s): | check_result:\n";

std::string refusal_of(const std::string& out) {
  const auto parsed = parse_hccl_test(out, "");
  return parsed ? "" : parsed.refusal().reason.en;
}

TEST(HcclTest, ReadsTheTableAmongWhatMpiPrints) {
  const std::string text =
      "WARNING: no high performance Open MPI transports\n"
      "the minbytes is 8388608, maxbytes is 16777216, iters is 20, warmup_iters is 5\n" +
      std::string(kTableHead) +
      "8388608           | 492.10         | 17.04651             | success\n\n"
      "16777216          | 669.33         | 25.06567             | failed\n";
  const auto test = parse_hccl_test(text, "a warning on stderr\n");
  ASSERT_TRUE(test) << test.refusal().reason.en;
  ASSERT_EQ(test.value().rows.size(), 2U);
  EXPECT_EQ(test.value().rows[0], (HcclTest::Row{8388608, 492.10, 17.04651, "success"}));
  EXPECT_EQ(test.value().rows[1].check, "failed");
}

TEST(HcclTest, NewerOnesSpellTheTimeOtherwise) {
  EXPECT_TRUE(
      parse_hccl_test("data_size(Bytes): |   avg_time(us): | alg_bandwidth(GB/s): | check_result:\n"
                      "64 | 1000.00 | 0.00006 | NULL\n",
                      ""));
}

TEST(HcclTest, RefusesWhatIsNoResult) {
  EXPECT_THAT(refusal_of("the minbytes is 8\nhccl interface return err a.cc:538, retcode: 7\n"),
              HasSubstr("retcode: 7"));
  EXPECT_THAT(refusal_of("the minbytes is 8192, maxbytes is 8192\n"), HasSubstr("no table"));
  EXPECT_THAT(refusal_of(kTableHead), HasSubstr("no row"));
  EXPECT_THAT(refusal_of(std::string(kTableHead) + "8192 | 1.0 | fast | success\n"),
              HasSubstr("line 2"));
  EXPECT_THAT(refusal_of(std::string(kTableHead) + "8192 | 1.0 | 2.0 | maybe\n"),
              HasSubstr("line 2"));
  EXPECT_THAT(refusal_of(std::string(kTableHead) + "8192 | 1.0 | 2.0\n"), HasSubstr("line 2"));
  EXPECT_NE(refusal_of(""), "");
}

}  // namespace
}  // namespace touchstone
