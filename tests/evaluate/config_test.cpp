// Chapter 6.2 by answers of our own: whose configuration is right, and the mode of the file.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "suites/chapters.h"
#include "suites/probes_config.h"
#include "tests/evaluate/answered_hosts.h"

namespace touchstone {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Four hosts whose configurations differ in one key at most. With the order of the guide the last
// of them is the master where the inventory names none.
class ServiceConfigOfHosts : public AnsweredHosts {
 protected:
  ServiceConfigOfHosts() : AnsweredHosts(service_config(), {"a", "b", "c", "d"}) {
    inventory_.profile.rank_table_order = "descending";
    inventory_.profile.mindie_path = "/mindie";
    inventory_.profile.config_mode = "640";
    for (const Host& host : group().hosts) {
      configure(host.name, "\"keepAlive\": 60");
      answer(host.name, kConfigFileStat).out = "640|0|0|root|root|1574|1|regular file\n";
    }
  }
  void configure(const std::string& host, const std::string& value) {
    answer(host, kServiceConfig).out = fmt::format(
        "{{\"ServerConfig\": {{\"ipAddress\": \"{}\", {}}}, \"BackendConfig\": "
        "{{\"ModelDeployConfig\": {{\"ModelConfig\": [{{}}]}}}}}}\n",
        group().find(host)->service_address, value);
  }
};

TEST_F(ServiceConfigOfHosts, AreTheSame) {
  EXPECT_EQ(judged("6.2.4").verdict, Verdict::kPass) << judged("6.2.4").reason.en;
}

// The first host of the inventory is nobody's example only because it comes first.
TEST_F(ServiceConfigOfHosts, TheFirstHostAloneIsWrongWithoutANamedMaster) {
  configure("a", "\"keepAlive\": 61");
  EXPECT_THAT(targets_of(judged("6.2.4")), ElementsAre("a"));
  const std::vector<Change> planned = changes("6.2.4");
  ASSERT_EQ(planned.size(), 4u);  // what the guide wants of all is planned as well
  for (const Change& change : planned) {
    EXPECT_THAT(change.file->content, HasSubstr("\"keepAlive\": 60")) << change.host;
    EXPECT_EQ(change.what.en.find("keepAlive") != std::string::npos, change.host == "a");
  }
}

// Whether the inventory names the master or the order of the rank table does.
TEST_F(ServiceConfigOfHosts, TheMastersValueIsRight) {
  configure("d", "\"keepAlive\": 61");
  EXPECT_THAT(targets_of(judged("6.2.4")), ElementsAre("a", "b", "c"));
  group().master = "d";
  EXPECT_THAT(targets_of(judged("6.2.4")), ElementsAre("a", "b", "c"));
  group().master = "b";
  EXPECT_THAT(targets_of(judged("6.2.4")), ElementsAre("d"));
}

TEST_F(ServiceConfigOfHosts, WhereTheMasterBreaksARuleTheMostCommonOfFittingValuesIsRight) {
  inventory_.profile.service_config = {{"keepAlive", "1..100"}};
  for (const char* named : {"", "d"}) {
    group().master = named;
    configure("a", "\"keepAlive\": 60");
    configure("b", "\"keepAlive\": 70");
    configure("c", "\"keepAlive\": 70");
    configure("d", "\"keepAlive\": 900");
    EXPECT_THAT(targets_of(judged("6.2.4")), ElementsAre("a", "d"));
    // Of equally common ones the first in the order of the inventory.
    configure("c", "\"keepAlive\": 900");
    EXPECT_THAT(targets_of(judged("6.2.4")), ElementsAre("b", "c", "d"));
  }
}

TEST_F(ServiceConfigOfHosts, TheModeIsMendedToTheProfiles) {
  const struct {
    const char *limit, *mode, *mended;
  } rows[] = {{"640", "777", "640"},
              {"640", "644", "640"},
              {"600", "640", "600"},
              {"644", "666", "644"},
              {"600", "440", "400"}};  // a permission is taken, and none is given
  for (const auto& row : rows) {
    inventory_.profile.config_mode = row.limit;
    answer("a", kConfigFileStat).out = fmt::format("{}|0|0|root|root|1|1|regular file\n", row.mode);
    EXPECT_EQ(judged("6.2.1", "a").verdict, Verdict::kFail) << row.mode;
    const std::vector<Change> planned = changes("6.2.1", "a");
    ASSERT_EQ(planned.size(), 1u);
    ASSERT_EQ(planned[0].commands.size(), 1u);
    EXPECT_THAT(planned[0].commands[0].does,
                ElementsAre("chmod", row.mended, "/mindie/conf/config.json"));
  }
}

}  // namespace
}  // namespace touchstone
