// `run --deep` on the simulated cluster: the contents of the weights, which no other run reads.
#include <gmock/gmock.h>

#include "tests/e2e/cluster.h"

namespace touchstone {
namespace {

using testing::HasSubstr;

std::vector<std::string> failed(const RunRecord& record) {
  std::vector<std::string> ids;
  for (const StepResult& result : record.results)
    if (result.verdict != Verdict::kPass) ids.push_back(record.steps[result.step].id);
  return ids;
}

TEST(Deep, FindsOneOtherByteInOneShardOfOneHost) {
  Cluster cluster;
  cluster.fault("shard-content@node-01");
  EXPECT_THAT(failed(cluster.run("--quiet --chapter 5")), testing::IsEmpty());
  std::string out;
  const RunRecord deep = cluster.run("--chapter 5 --deep", nullptr, &out);
  EXPECT_THAT(failed(deep), testing::ElementsAre("5.1.2"));
  EXPECT_THAT(out, HasSubstr("contents as on node-02"));
  EXPECT_THAT(out, HasSubstr("-00002-of-00003.safetensors: sha256"));
  // What was read then is in the recording, and so is that it was to be read.
  EXPECT_THAT(failed(cluster.run("--quiet --replay " + cluster.last_report())),
              testing::ElementsAre("5.1.2"));
}

TEST(Deep, WholeWeightsPass) {
  Cluster cluster(3);
  EXPECT_THAT(failed(cluster.run("--quiet --chapter 5 --deep")), testing::IsEmpty());
}

}  // namespace
}  // namespace touchstone
