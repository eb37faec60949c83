// The small commands of a host.
#include "harness/parse/df.h"
#include "harness/parse/host_facts.h"
#include "harness/parse/meminfo.h"
#include "harness/parse/stat.h"
#include "harness/parse/tool_list.h"
#include "tests/parse/expect.h"

namespace touchstone {
namespace {

TEST(Stat, Reads) {
  const auto stat =
      taken(parse_stat("640|0|1000|root|domain users|1574|1735689600|regular file\n", ""));
  EXPECT_EQ(stat.mode, 0640);
  EXPECT_EQ(stat.group, "domain users");
  EXPECT_EQ(stat.gid, 1000);
  EXPECT_EQ(stat.size, 1574);
  EXPECT_EQ(stat.modified, 1735689600);
  EXPECT_TRUE(stat.is_regular());
  EXPECT_EQ(taken(parse_stat("4755|0|0|root|root|1|1|regular file\n", "")).mode, 04755);
  EXPECT_FALSE(taken(parse_stat("777|0|0|root|root|4|1|symbolic link\n", "")).is_regular());
  EXPECT_TRUE(taken(parse_stat("640|0|0|root|root|0|1|regular empty file\n", "")).is_regular());
  static constexpr Refused kTable[] = {
      {"", Kind::kEmpty, "nothing"},
      {"stat: cannot statx '/x': No such file or directory\n", Kind::kNotSet, "not there"},
      {"688|0|0|root|root|1|1|regular file\n", Kind::kMalformed, "stat -c"},
      {"640|0|0|root|root|1|regular file\n", Kind::kMalformed, "stat -c"},
      {"640|-1|0|root|root|1|1|regular file\n", Kind::kMalformed, "stat -c"},
      {"640|0|0|root|root|1|1|\n", Kind::kMalformed, "stat -c"},
  };
  expect_all_refused(parse_stat, kTable);
}

TEST(Stat, EveryDigitWithinTheLimit) {
  for (const int mode : {0640, 0600, 0440, 0400, 0})
    EXPECT_TRUE(mode_within(mode, 0640)) << mode_text(mode);
  for (const int mode : {0644, 0755, 0660, 0700, 04640, 0641})
    EXPECT_FALSE(mode_within(mode, 0640)) << mode_text(mode);
  EXPECT_EQ(mode_text(0640), "640");
  EXPECT_EQ(mode_of_digits("640"), 0640);
  EXPECT_EQ(mode_of_digits("007"), 07);
  EXPECT_EQ(mode_of_digits("any"), 0);
  EXPECT_EQ(mode_text(07), "007");
}

TEST(Sha256sum, Reads) {
  const std::string digest(64, 'a');
  EXPECT_EQ(taken(parse_sha256sum(digest + "  /data/rank table.json\n", "")),
            (FileSum{.digest = digest, .path = "/data/rank table.json"}));
  EXPECT_EQ(taken(parse_sha256sum("\\" + digest + " *a\\nb\n", "")).path, "a\\nb");
  EXPECT_EQ(taken(parse_sha256sum_each(digest + "  a\n" + digest + "  b\n", "")).size(), 2u);
  expect_refused(parse_sha256sum(digest + "  a\n" + digest + "  b\n", ""), Kind::kSeveral,
                 "2 files");
  expect_refused(parse_sha256sum(digest.substr(1) + "  a\n", ""), Kind::kMalformed, "64");
  expect_refused(parse_sha256sum(digest + "\n", ""), Kind::kMalformed, "64");
  expect_refused(parse_sha256sum("", "sha256sum: a: No such file or directory\n"), Kind::kNotSet,
                 "not there");
}

TEST(MemInfo, Reads) {
  const auto memory =
      taken(parse_meminfo("MemTotal:       1583632384 kB\nMemFree: 7 kB\nMemAvailable: 1200 "
                          "kB\nHugePages_Total:       0\n",
                          ""));
  EXPECT_EQ(memory.total_kib, 1583632384);
  EXPECT_EQ(memory.available_kib, 1200);
  static constexpr Refused kTable[] = {{"MemFree: 7 kB\n", Kind::kMalformed, "MemTotal"},
                                       {"MemTotal: 7 MB\n", Kind::kMalformed, "kB"},
                                       {"MemTotal: -7 kB\n", Kind::kMalformed, "kB"},
                                       {"", Kind::kEmpty, "nothing"}};
  expect_all_refused(parse_meminfo, kTable);
}

TEST(Df, Reads) {
  const auto row =
      taken(parse_df("Filesystem     1024-blocks      Used Available Capacity Mounted on\n"
                     "//nas/my share   1000000000 400000000 600000000      40% /data/hm models\n",
                     ""));
  EXPECT_EQ(row.filesystem, "//nas/my share");
  EXPECT_EQ(row.available_kib, 600000000);
  EXPECT_EQ(row.mount, "/data/hm models");
  static constexpr Refused kTable[] = {
      {"Filesystem 1024-blocks Used Available Capacity Mounted on\n", Kind::kMalformed,
       "no file system"},
      {"Filesystem 1K-blocks Used Available Use% Mounted on\n/dev/a 1 1 1 1% /\n", Kind::kMalformed,
       "df -Pk"},
      {"Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/a 1 1 1\n",
       Kind::kMalformed, "mount"},
      {"Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/a 1 1 1 1% /\n/dev/b 1 1 1 "
       "1% /b\n",
       Kind::kSeveral, "2"},
      {"df: /nothing: No such file or directory\n", Kind::kNotSet, "not there"},
  };
  expect_all_refused(parse_df, kTable);
}

TEST(HostFacts, Read) {
  EXPECT_EQ(taken(parse_uname("aarch64\n", "")).architecture, "aarch64");
  expect_refused(parse_uname("Linux node 5.10\n", ""), Kind::kMalformed, "one word");
  EXPECT_EQ(taken(parse_user_id("0\n", "")).uid, 0);
  expect_refused(parse_user_id("root\n", ""), Kind::kMalformed, "number");
  expect_refused(parse_user_id("0\n0\n", ""), Kind::kMalformed, "one line");
  expect_refused(parse_user_id("99999999999\n", ""), Kind::kMalformed, "number");
}

TEST(Clock, Reads) {
  EXPECT_EQ(taken(parse_clock("1735689600.000000123\n", "")),
            (ClockReading{.seconds = 1735689600, .nanoseconds = 123}));
  for (const char* text : {"1735689600.N\n", "1735689600.%N\n", "1735689600.\n", "1735689600\n"})
    EXPECT_EQ(taken(parse_clock(text, "")), (ClockReading{.seconds = 1735689600, .coarse = true}))
        << text;
  static constexpr Refused kTable[] = {{"now\n", Kind::kMalformed, "seconds"},
                                       {"1.5\n", Kind::kMalformed, "seconds"},
                                       {"99999999999999.000000000\n", Kind::kMalformed, "seconds"}};
  expect_all_refused(parse_clock, kTable);
}

TEST(ToolList, Reads) {
  const auto list = taken(parse_tool_list("docker=/usr/bin/docker\nhccn_tool=\n", ""));
  EXPECT_EQ(list.missing(), std::vector<std::string>{"hccn_tool"});
  expect_refused(parse_tool_list("", ""), Kind::kEmpty, "nothing");
  expect_refused(parse_tool_list("docker\n", ""), Kind::kMalformed, "TOOL=PATH");
}

}  // namespace
}  // namespace touchstone
