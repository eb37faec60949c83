// run.json of real runs is what docs/run-record.schema.json says.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "tests/e2e/cluster.h"
#include "tests/json_schema.h"

namespace touchstone {
namespace {

using nlohmann::json;

// What a run may have, over three of them: faults of many kinds, waivers, a history, a baseline,
// a second look, changes of --fix.
TEST(RunRecord, OfRealRunsIsWhatTheSchemaSays) {
  Cluster cluster(3,
                  "--fault tls-on@node-01/3 --fault link-down@node-02/5 --fault "
                  "variable-missing@node-01 --fault unreachable@node-03");
  const json schema = schema_of("run-record.schema.json");
  std::ofstream(cluster.root() + "/waivers.yaml")
      << "touchstone: 1\nwaivers:\n"
         "  - {steps: [\"3.1.3\"], targets: [node-02/npu5], justification: the cable is ordered, "
         "approver: Li Wei, expires: 2199-12-31 UTC}\n"
         "  - {steps: [\"9.9\"], targets: [node-99], justification: gone, approver: Li Wei, "
         "expires: 2199-12-31 UTC}\n";
  const std::string history = " --history " + cluster.root() + "/h.db";
  const auto run = [&](const std::string& options) {
    cluster.run("--quiet" + history + options);
    json record = json::parse(slurp(cluster.last_report() + "/run.json"));
    EXPECT_THAT(against_schema(schema, record), testing::IsEmpty()) << options;
    return record;
  };
  run("");
  const std::string handover = cluster.last_report();
  const json looked = run(" --chapter 3.1 --recheck 1 --after 0 --waivers " + cluster.root() +
                          "/waivers.yaml --baseline " + handover);
  EXPECT_EQ(looked.at("waivers").size(), 2U);
  EXPECT_TRUE(looked.contains("past"));
  EXPECT_TRUE(looked.contains("baseline"));
  const json repaired = run(" --fix=service --yes --waivers " + cluster.root() + "/waivers.yaml");
  EXPECT_FALSE(repaired.at("repairs").empty()) << "nothing was repaired";
  EXPECT_TRUE(repaired.contains("waivers"));
  EXPECT_TRUE(repaired.contains("meshes"));
}

}  // namespace
}  // namespace touchstone
