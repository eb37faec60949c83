#include "harness/config/profile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "harness/config/profile_reader.h"
#include "harness/config/profile_rules.h"
#include "harness/model/profile_fields.h"
#include "harness/model/version_range.h"
#include "tests/config/config_test.h"

namespace touchstone {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string mistakes_in_profile(const std::string& text) {
  try {
    parse_profile(text, "p.yaml");
  } catch (const ConfigError& error) {
    return config_test::told(error);
  }
  return "";
}

TEST(Profile, ThereAreFour) {
  EXPECT_THAT(profile_names(), ElementsAre("deepseek-r1-bf16", "deepseek-r1-w8a8",
                                           "deepseek-v3-bf16", "deepseek-v3-w8a8"));
}

// Guide 1.1, 2 and 3.
TEST(Profile, HoldsWhatTheGuidePromises) {
  const Profile r1 = find_profile("deepseek-r1-w8a8");
  EXPECT_EQ(r1.servers, (NumberRange{.min = 2}));
  EXPECT_EQ(r1.hbm_mb, (NumberRange{65536, 65536}));
  EXPECT_EQ(r1.npus, 8);
  EXPECT_EQ(r1.driver, "24.1.rc3");
  EXPECT_EQ(r1.firmware, "7.5.0.1.129");
  EXPECT_EQ(r1.docker_runtime, "6.0.0");
  EXPECT_TRUE(version_fits("28.0.4", r1.docker));
  EXPECT_FALSE(version_fits("18.06.1-ce", r1.docker));
  EXPECT_EQ(r1.architecture, "aarch64");
  EXPECT_EQ(r1.tls, "0");
  EXPECT_EQ(r1.rank_table_order, "descending");
  EXPECT_TRUE(r1.container_ip_equals_server_id);
  EXPECT_EQ(find_profile("deepseek-v3-bf16").servers, (NumberRange{.min = 4}));
}

TEST(Profile, TheFourDifferInModelAndWeightsOnly) {
  const Profile first = find_profile("deepseek-r1-w8a8");
  for (const std::string& name : profile_names()) {
    Profile profile = find_profile(name);
    EXPECT_EQ(profile.name, name);
    EXPECT_EQ(profile.name,
              (profile.model == "DeepSeek-R1" ? "deepseek-r1-" : "deepseek-v3-") + profile.weights);
    const Profile like = find_profile("deepseek-r1-" + profile.weights);
    profile.name = like.name;
    profile.model = like.model;
    EXPECT_EQ(profile, like) << name;
    EXPECT_EQ(profile.driver, first.driver);
  }
}

TEST(Profile, EveryFieldHasARule) {
  std::vector<std::string_view> fields, rules;
  const Profile profile;
  profile_fields(profile, [&](const char* key, const auto&) { fields.emplace_back(key); });
  for (const ProfileRule& rule : profile_rules()) rules.push_back(rule.key);
  EXPECT_EQ(fields, rules);
}

TEST(Profile, AnUnknownNameListsThoseThatThereAre) {
  try {
    find_profile("deepseek-r1-w8a16");
    FAIL();
  } catch (const ConfigError& error) {
    EXPECT_THAT(error.what(), HasSubstr("did you mean deepseek-r1-w8a8?"));
    for (const std::string& name : profile_names()) EXPECT_THAT(error.what(), HasSubstr(name));
  }
}

TEST(Profile, AFileBasedOnAnotherSaysOnlyWhatIsDifferent) {
  const Profile ours =
      parse_profile("name: ours\nbased_on: deepseek-v3-bf16\nservers: 6..60\n", "p.yaml");
  Profile wanted = find_profile("deepseek-v3-bf16");
  wanted.name = "ours";
  wanted.servers = {6, 60};
  EXPECT_EQ(ours, wanted);
}

// Of a map, only those names change that are there.
TEST(Profile, AFileBasedOnAnotherChangesSingleValues) {
  const Profile ours = parse_profile(
      "name: ours\nbased_on: deepseek-v3-bf16\nenvironment: {NPU_MEMORY_FRACTION: 0.9..0.96}\n"
      "service_config:\n  ServerConfig.maxLinkNum: 300\n",
      "p.yaml");
  Profile wanted = find_profile("deepseek-v3-bf16");
  EXPECT_EQ(wanted.environment["NPU_MEMORY_FRACTION"], "0.95");
  EXPECT_EQ(wanted.environment["HCCL_DETERMINISTIC"], "true");
  EXPECT_EQ(wanted.service_config["port"], "1025");
  wanted.name = "ours";
  wanted.environment["NPU_MEMORY_FRACTION"] = "0.9..0.96";
  wanted.service_config["ServerConfig.maxLinkNum"] = "300";
  EXPECT_EQ(ours, wanted);
  EXPECT_EQ(parse_profile(write_profile(ours), "p.yaml"), ours);
}

TEST(Profile, AFileOfItsOwnNeedsEveryKey) {
  std::string text = profile_text("deepseek-r1-w8a8");
  text.erase(text.find("driver: "), std::string("driver: 24.1.rc3\n").size());
  EXPECT_EQ(mistakes_in_profile(text), "p.yaml:3:1: driver: the key is missing; it is needed here");
}

TEST(Profile, WrongValuesAreToldWithTheirPlace) {
  const std::string head = "name: x\nbased_on: deepseek-r1-w8a8\n";
  const std::vector<std::pair<std::string, std::string>> cases{
      {"servers: some", "p.yaml:3:10: servers: \"some\" is no range of numbers; write 8, "},
      {"servers: 9..2", "p.yaml:3:10: servers: \"9..2\" is no range"},
      {"driver: \">=\"", "p.yaml:3:9: driver: '>=' is not a version or a bound"},
      {"weights: int4", "p.yaml:3:10: weights: \"int4\" is not among w8a8, bf16"},
      {"npus: 65", "p.yaml:3:7: npus: \"65\" does not fit; write a whole number from 1 to 64"},
      {"mtu: 10", "p.yaml:3:6: mtu: \"10\" is no MTU; write same, or a number"},
      {"weights_path: data", "p.yaml:3:15: weights_path: \"data\" is not absolute"},
      {"clock_seconds: 0",
       "p.yaml:3:16: clock_seconds: \"0\" does not fit; write a number above 0"},
      {"clock_seconds: 1e3", "p.yaml:3:16: clock_seconds: \"1e3\" does not fit"},
      {"service_start_seconds: 0",
       "p.yaml:3:24: service_start_seconds: \"0\" does not fit; write a number above 0"},
      {"service_start_seconds: -1", "p.yaml:3:24: service_start_seconds: \"-1\" does not fit"},
      {"image_archive: images/mindie.tar",
       "p.yaml:3:16: image_archive: \"images/mindie.tar\" is "
       "not absolute; write the path from / on"},
      {"image_archive_sha256: 0123",
       "p.yaml:3:23: image_archive_sha256: \"0123\" is no SHA-256 sum; write the 64 hexadecimal "
       "digits that sha256sum prints, or none"},
      // What `sha256sum FILE` prints as a whole, and one digit that is none.
      {"driver_package_sha256: " + std::string(64, 'a') + "  driver.run",
       "p.yaml:3:24: driver_package_sha256: "},
      {"firmware_package_sha256: " + std::string(63, 'a') + "g",
       "p.yaml:3:26: firmware_package_sha256: "},
      {"docker_archive: docker-28.0.4.tgz",
       "p.yaml:3:17: docker_archive: \"docker-28.0.4.tgz\" is not absolute"},
      {"docker_archive_sha256: 28.0.4", "p.yaml:3:24: docker_archive_sha256: \"28.0.4\" is no "},
      {"docker_package_manager: pacman",
       "p.yaml:3:25: docker_package_manager: \"pacman\" is not among none, yum, dnf, apt"},
      {"docker_runtime_package: ./runtime.run",
       "p.yaml:3:25: docker_runtime_package: \"./runtime.run\" is not absolute"},
      {"service_expected: yes", "p.yaml:3:19: service_expected: \"yes\" is no switch"},
      {"tls: 2", "p.yaml:3:6: tls: \"2\" is not among 0, 1, no-certificates"},
      {"environment: 1",
       "p.yaml:3:14: environment: this is a text; write names and values, such as 'NAME: 1'"},
      {"environment: {HCCL_CONNECT_TIMEOUT: 7200..120}",
       "p.yaml:3:37: environment.HCCL_CONNECT_TIMEOUT: \"7200..120\" is no range; write 2..60"},
      {"environment: {A: [1]}", "p.yaml:3:18: environment.A: this is a list; write a text"},
      {"environment: {A: 1, A: 2}",
       "p.yaml:3:21: environment.A: the key is there twice (first in line 3); keep one"},
      {"service_config: {max SeqLen: 1}", "p.yaml:3:18: service_config.\"max SeqLen\": a name has"},
      {"service_tls: yes", "p.yaml:3:14: service_tls: \"yes\" is not among off, on"},
      {"diver: 1", "p.yaml:3:1: diver: unknown key; did you mean 'driver'?"},
  };
  for (const auto& [line, wanted] : cases)
    EXPECT_THAT(mistakes_in_profile(head + line + "\n"), testing::StartsWith(wanted)) << line;
}

// Of the file that --fix takes: "none" is the same as no path, and no sum.
TEST(Profile, FilesForRepairsMayBeNone) {
  const std::string head = "name: ours\nbased_on: deepseek-r1-w8a8\n";
  const std::string sum = std::string(32, '0') + std::string(32, 'a');
  const Profile none = parse_profile(head, "p.yaml");
  EXPECT_EQ(none.image_archive, "");
  EXPECT_EQ(none.image_archive_sha256, "");
  EXPECT_EQ(none.driver_package_sha256, "");
  EXPECT_EQ(none.firmware_package_sha256, "");
  EXPECT_THAT(write_profile(none), HasSubstr("\nimage_archive_sha256: none\n"));
  // Some tools print upper case; it is the same sum, and sha256sum prints lower case.
  const Profile upper = parse_profile(
      head + "image_archive_sha256: " + std::string(32, '0') + std::string(32, 'A') + "\n",
      "p.yaml");
  EXPECT_EQ(upper.image_archive_sha256, sum);
  EXPECT_EQ(parse_profile(write_profile(upper), "p.yaml"), upper);
}

TEST(Profile, AWrongKindOfValueIsToldOnce) {
  EXPECT_EQ(mistakes_in_profile("name: x\nbased_on: deepseek-r1-w8a8\ndriver_package: [a]\n"),
            "p.yaml:3:17: driver_package: this is a list; write a text");
}

class ProfileFile : public testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
    return (folder_ / name).string();
  }
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  const std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) / ("profile_" + std::to_string(getpid()));
};

// `profile show` of a file prints what is in force, also what comes from its base.
TEST_F(ProfileFile, IsShownWithAllItsValues) {
  const std::string path =
      write("ours.yaml", "name: ours\nbased_on: deepseek-r1-w8a8\narchitecture: any\ntls: 1\n");
  const std::string shown = profile_text(path);
  EXPECT_THAT(shown, HasSubstr("# NPU driver (guide 2.1)\ndriver: 24.1.rc3\n"));
  EXPECT_EQ(parse_profile(shown, "p.yaml"), find_profile(path));
}

TEST_F(ProfileFile, ACircleOfBasesEnds) {
  const std::string path = write("a.yaml", "name: a\nbased_on: ./a.yaml\n");
  EXPECT_THROW(find_profile(path), ConfigError);
}

TEST_F(ProfileFile, IsFoundFromTheFileThatNamesIt) {
  write("base.yaml", profile_text("deepseek-v3-w8a8"));
  const std::string path = write("b.yaml", "name: b\nbased_on: base.yaml\n");
  EXPECT_EQ(find_profile(path).model, "DeepSeek-V3");
}

TEST(Profile, AMissingFileIsTold) {
  try {
    find_profile("no/such.yaml");
    FAIL();
  } catch (const ConfigError& error) {
    EXPECT_STREQ(error.what(),
                 "no/such.yaml: the profile: cannot be read (No such file or directory)");
  }
}

}  // namespace
}  // namespace touchstone
