#include "suites/facts_host.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "suites/probes_config.h"
#include "suites/probes_container.h"
#include "suites/probes_environment.h"

namespace touchstone {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;

// One host and its answers.
class HostFacts : public testing::Test {
 protected:
  HostFacts() {
    inventory_.groups.push_back({.name = "g"});
    inventory_.groups[0].hosts.push_back(Host{.name = "a"});
    inventory_.profile.environment = {{"HCCL_CONNECT_TIMEOUT", "7200"}};
    visit_.state = Visit::State::kAnswered;
  }
  Answer& answer(const Question& question) { return visit_.answers[{question.key, -1}]; }
  std::map<std::string, std::string> facts() const {
    return host_facts(EvidenceBook(inventory_, {visit_}), "a");
  }

  Inventory inventory_;
  Visit visit_{.host = "a"};
};

TEST_F(HostFacts, WhatNobodyAnsweredIsMissing) {
  EXPECT_THAT(facts(), IsEmpty());
}

TEST_F(HostFacts, ValuesOfConfigJsonStandUnderTheirPaths) {
  answer(kServiceConfig).out =
      R"({"ServerConfig": {"port": 1025, "httpsEnabled": false, "ipAddress": "10.0.0.1"},
          "BackendConfig": {"npuDeviceIds": [[0, 1]], "tls": [], "kv": {}, "x": null}})";
  const std::map<std::string, std::string> expected{
      {"config.json", "read"},
      {"config.json ServerConfig.port", "1025"},
      {"config.json ServerConfig.httpsEnabled", "false"},
      {"config.json ServerConfig.ipAddress", "\"10.0.0.1\""},
      {"config.json BackendConfig.npuDeviceIds", "[[0,1]]"},
      {"config.json BackendConfig.tls", "[]"},
      {"config.json BackendConfig.kv", "{}"},
      {"config.json BackendConfig.x", "null"}};
  EXPECT_EQ(facts(), expected);
}

// Evidence is redacted by the names of values; here names above them count, too.
TEST_F(HostFacts, NothingBelowTheNameOfASecretIsKept) {
  inventory_.secrets.add_name("licence");
  answer(kServiceConfig).out =
      R"({"ServerConfig": {"password": {"value": "hunter2a"}, "api_keys": ["hunter2b"],
                           "licence": [{"text": "hunter2c"}], "port": 1025}})";
  for (const auto& [key, value] : facts()) EXPECT_THAT(value, Not(HasSubstr("hunter2"))) << key;
  EXPECT_THAT(facts(), Contains(Pair("config.json ServerConfig.password.value", "[redacted]")));
  EXPECT_THAT(facts(), Contains(Pair("config.json ServerConfig.port", "1025")));
}

TEST_F(HostFacts, OfAFileThatIsTooLargeNothingIsKept) {
  const auto config = [](const std::string& inner) {
    return R"({"ServerConfig": {)" + inner + "}}";
  };
  std::string many;
  for (int i = 0; i < 500; ++i) many += (i ? ",\"k" : "\"k") + std::to_string(i) + "\": 1";
  for (const std::string& inner : {many, "\"" + std::string(1000, 'k') + "\": 1",
                                   "\"k\": \"" + std::string(1000, 'v') + "\""}) {
    answer(kServiceConfig).out = config(inner);
    EXPECT_THAT(facts(), testing::ElementsAre(Pair("config.json", "too large to be compared")));
  }
}

TEST_F(HostFacts, WhatIsNotThereIsEmpty) {
  answer(kServiceConfig) = {.exit_code = 1, .err = "cat: config.json: No such file or directory\n"};
  answer(kContainer) = {.exit_code = 1, .err = "Error: No such container: mindie\n"};
  answer(kShellEnvironment).out = "WORLD_SIZE=16\nHOME=/root\n";
  const auto all = facts();
  EXPECT_THAT(all, Contains(Pair("config.json", "")));
  EXPECT_THAT(all, Contains(Pair("container", "")));
  EXPECT_THAT(all, Contains(Pair("variable WORLD_SIZE", "16")));
  EXPECT_THAT(all, Contains(Pair("variable HCCL_CONNECT_TIMEOUT", "")));
  EXPECT_FALSE(all.contains("variable HOME")) << "comes with every login";
  // The guide's own, whether the profile has a value for them or not.
  for (const char* name : {"MIES_CONTAINER_IP", "RANKTABLEFILE", "RANK_TABLE_FILE", "MASTER_IP",
                           "OMP_NUM_THREADS", "ASCEND_RT_VISIBLE_DEVICES"})
    EXPECT_THAT(all, Contains(Pair(std::string("variable ") + name, "")));
}

// A file that nobody can read says nothing of what it was.
TEST_F(HostFacts, AnAnswerThatIsRefusedIsMissing) {
  answer(kServiceConfig).out = "{ \"ServerConfig\": # a comment\n";
  answer(kShellEnvironment) = {.end = Answer::End::kTimedOut};
  EXPECT_THAT(facts(), IsEmpty());
}

}  // namespace
}  // namespace touchstone
