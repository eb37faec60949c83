// Chapter 4.2 by answers of our own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "suites/chapters.h"
#include "suites/probes_container.h"
#include "tests/evaluate/answered_hosts.h"

namespace touchstone {
namespace {

class ContainerOfHost : public AnsweredHosts {
 protected:
  ContainerOfHost() : AnsweredHosts(container(), {"a"}) {
    Profile& profile = inventory_.profile;
    profile.container_start = "runtime";
    profile.container_privileged = false;
    profile.container_network = "host";
    profile.weights_path = "/data/R1";
    answer("a", kContainer).out =
        R"([{"Name": "/mindie", "State": {"Running": true},
             "HostConfig": {"Privileged": false, "NetworkMode": "host"}}])";
    answer("a", kSharedMemory).out =
        "Filesystem 1024-blocks Used Available Capacity Mounted on\nshm 1024 0 1024 0% /dev/shm\n";
  }
};

// As `{croot}` puts it before a path: without the slash at its end.
TEST_F(ContainerOfHost, PathsAreSeenBelowItsRoot) {
  const std::pair<const char*, const char*> rows[] = {
      {"/", ""}, {"/srv/c1", "/srv/c1"}, {"/srv/c1/", "/srv/c1"}};
  for (const auto& [root, before] : rows) {
    group().hosts[0].container_sysroot = root;
    std::string seen;
    for (const std::string path :
         {"/usr/local/Ascend/driver/version.info", "/usr/local/Ascend/driver/lib64", "/data/R1",
          "/data/hm/rank_table_file.json"})
      seen += before + path + "\n";
    answer("a", kVisiblePaths).out = seen;
    const Judgement judgement = judged("4.2.2", "a");
    EXPECT_EQ(judgement.verdict, Verdict::kPass) << root;
    for (const Finding& one : judgement.findings) ADD_FAILURE() << one.expected.en;
  }
}

}  // namespace
}  // namespace touchstone
