// Chapter 4.2 by answers of our own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "suites/change_parts.h"
#include "suites/chapters.h"
#include "suites/container_rules.h"
#include "suites/probes.h"
#include "suites/probes_container.h"
#include "tests/evaluate/answered_hosts.h"

namespace touchstone {
namespace {

using testing::HasSubstr;

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

// What a host sends is as long as it likes; a sentence is not.
TEST_F(ContainerOfHost, WhatDockerSaysIsNotQuotedWhole) {
  answer("a", kHccnConfInside) = {.exit_code = 1,
                                  .err = "Error: " + std::string(1 << 20, 'x') + "\nmore\n"};
  const Step step{.id = "3.1.9", .on = Scope::kHost, .expect = expect_hccn_conf_inside};
  const Judgement judgement = judge(step, {.group = "g", .host = "a"}, book());
  EXPECT_THAT(judgement.reason.en, HasSubstr("the container's copy was not compared: Error: xxx"));
  EXPECT_LT(judgement.reason.en.size(), 400u);
  EXPECT_LT(judgement.reason.zh.size(), 400u);
}

TEST_F(ContainerOfHost, NorIsWhatCatSays) {
  answer("a", kHccnConf) = {.exit_code = 1,
                            .err = "cat: Permission denied " + std::string(1 << 20, 'x') + "\n"};
  const EvidenceBook book = this->book();
  ReadLog log;
  try {
    text_of_file(Evidence(book, {.group = "g", .host = "a"}, log), kHccnConf);
    ADD_FAILURE();
  } catch (const NoEvidence& missing) {
    EXPECT_THAT(missing.why().en, HasSubstr("cannot be read: cat: Permission denied xxx"));
    EXPECT_LT(missing.why().en.size(), 400u);
  }
}

}  // namespace
}  // namespace touchstone
