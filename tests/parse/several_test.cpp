// The answers of several devices in one text.
#include "harness/parse/hccn.h"
#include "tests/parse/expect.h"

namespace touchstone {
namespace {

TEST(Several, CommandLinesNameTheDevice) {
  const auto each =
      taken(parse_hccn_ip_each("/usr/local/Ascend/driver/tools/hccn_tool -i 6 -ip -g\n"
                               "ipaddr:10.20.0.6\nnetmask:255.255.0.0\n\n"
                               "[root@node-01 ~]# hccn_tool -i 7 -ip -g\n"
                               "ipaddr:10.20.0.7\nnetmask:255.255.0.0\n[root@node-01 ~]#\n",
                               ""));
  ASSERT_EQ(each.size(), 2u);
  EXPECT_EQ(each[0].device, 6);
  EXPECT_EQ(each[1].device, 7);
  EXPECT_EQ(each[1].value.address, "10.20.0.7");
}

TEST(Several, TheGuidesLoopNamesNone) {
  const auto each = taken(parse_hccn_link_each(
      "for i in {0..7}; do hccn_tool -i $i -link -g; done\nlink status: UP\nlink status: DOWN\n",
      ""));
  ASSERT_EQ(each.size(), 2u);
  EXPECT_EQ(each[0].device, std::nullopt);
  EXPECT_FALSE(each[1].value.up);
}

TEST(Several, OneAnswerUnderItsCommandIsOne) {
  EXPECT_TRUE(taken(parse_hccn_link("# hccn_tool -i 3 -link -g\nlink status: UP\n", "")).up);
  EXPECT_EQ(taken(parse_hccn_link_each("link status: UP\n", "")).size(), 1u);
}

TEST(Several, PromptsAreNoPartOfIt) {
  for (const char* prompt : {"[root@node-01 ~]#", "root@node-01:~#", "admin@node-01:~$ "})
    EXPECT_TRUE(taken(parse_hccn_link(std::string("link status: UP\n") + prompt + "\n", "")).up)
        << prompt;
}

TEST(Several, TheAnswerItselfMayNameTheDevice) {
  const auto tls = taken(
      parse_hccn_tls_each("dev_id:0, tls switch[0](0:disable), tls alarm time threshold[60]days\n"
                          "dev_id:1, tls switch[1](0:disable), tls alarm time threshold[60]days\n",
                          ""));
  ASSERT_EQ(tls.size(), 2u);
  EXPECT_EQ(tls[1].device, 1);
  EXPECT_TRUE(tls[1].value.enabled);
  expect_refused(parse_hccn_tls("hccn_tool -i 3 -tls -g\n"
                                "dev_id:4, tls switch[0](0:disable), tls alarm time "
                                "threshold[60]days\n",
                                ""),
                 Kind::kMalformed, "asks NPU 3");
}

TEST(Several, OneBadAnswerRefusesAll) {
  expect_refused(parse_hccn_ip_each(
                     "hccn_tool -i 0 -ip -g\nipaddr:10.20.0.6\nnetmask:255.255.0.0\n"
                     "hccn_tool -i 1 -ip -g\nGet ipconf failed, because no ip was preset there!\n",
                     ""),
                 Kind::kNotSet, "answer 2 of 2 (NPU 1)");
  expect_refused(parse_hccn_ip_each("hccn_tool -i 0 -ip -g\nipaddr:10.20.0.6\nnetmask:255.255.0.0\n"
                                    "hccn_tool -i 1 -ip -g\n\n",
                                    ""),
                 Kind::kEmpty, "NPU 1");
  // A message amid a loop's output belongs to one device; no address may slip to its neighbour.
  expect_refused(parse_hccn_ip_each("ipaddr:10.20.0.6\nnetmask:255.255.0.0\n"
                                    "Get ipconf failed, because no ip was preset there!\n"
                                    "ipaddr:10.20.0.7\nnetmask:255.255.0.0\n",
                                    ""),
                 Kind::kNotSet, "answer 2 of 3");
}

TEST(Several, ThePlainFormSaysSoFirst) {
  expect_refused(parse_hccn_ip("hccn_tool -i 0 -ip -g\nipaddr:10.20.0.6\nnetmask:255.255.0.0\n"
                               "hccn_tool -i 1 -ip -g\nipaddr:oops\n",
                               ""),
                 Kind::kSeveral, "2 devices");
}

}  // namespace
}  // namespace touchstone
