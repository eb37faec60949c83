// Mistakes of an inventory as a whole: their order, what lies between groups, files that cannot be
// read.
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include <gmock/gmock.h>

#include "tests/config/config_test.h"

namespace touchstone::config_test {
namespace {

TEST(AllMistakes, AreToldInTheOrderOfTheFile) {
  EXPECT_EQ(
      mistakes_in("touchstone: 3\ncluster: a\nprofil: x\ngroups: 5\n"),
      "c.yaml:1:1: profile: the key is missing; it is needed here\n"
      "c.yaml:1:13: touchstone: this program reads version 1 of the format, not \"3\"; write 1\n"
      "c.yaml:3:1: profil: unknown key; did you mean 'profile'?\n"
      "c.yaml:4:9: groups: this is a text; write a list: - name: group-1");
}

TEST(AllMistakes, AddressesAreUniqueOverGroups) {
  const std::string group = ", npu_network: {rule: {first: 10.0.0.1, host_step: 8}}}\n";
  EXPECT_EQ(mistakes_in(kHead + "groups:\n- {name: g, hosts: [a]" + group +
                        "- {name: h, hosts: [b]" + group),
            "c.yaml:6:45: groups[1].npu_network.rule: 10.0.0.1 belongs to NPU 0 of a already; each "
            "NPU needs its own address");
}

// What follows from a mistake is not told as another one.
TEST(AllMistakes, AWrongHostSpoilsNothingElse) {
  EXPECT_EQ(mistakes_in(kHead + "groups:\n- {name: g, master: a, hosts: ['a b'], npu_network: "
                                "{addresses: {a: [10.0.0.1]}}}\n"),
            "c.yaml:5:32: groups[0].hosts[0]: \"a b\" is no name; write letters, digits, '.', '_' "
            "and '-' (at most 253), a letter or digit first");
}

TEST(AllMistakes, AMissingInventoryIsTold) {
  try {
    load_inventory("/no/such.yaml");
    FAIL();
  } catch (const ConfigError& error) {
    EXPECT_THAT(error.what(),
                testing::StartsWith("/no/such.yaml: there is no such inventory; name it with -i"));
  }
}

// Only where hosts are asked: at another desk an inventory is listed without anybody's key.
TEST(AllMistakes, AMissingIdentityIsTold) {
  const std::string folder = testing::TempDir() + "identity." + std::to_string(::getpid());
  std::filesystem::create_directory(folder);
  const std::string file = folder + "/c.yaml";
  std::ofstream(file) << with_hosts("      - {name: a, identity: key}\n");
  EXPECT_NO_THROW(load_inventory(file));
  try {
    load_inventory(file, LocalFiles::kAreNeeded);
    FAIL();
  } catch (const ConfigError& error) {
    EXPECT_THAT(error.what(), testing::StartsWith(file +
                                                  ":7:29: groups[0].hosts[0].identity: "
                                                  "there is no file \"" +
                                                  folder + "/key\"; write"));
  }
  std::ofstream(folder + "/key.pub") << "ssh-ed25519 AAAA\n";  // an agent may have the other half
  EXPECT_NO_THROW(load_inventory(file, LocalFiles::kAreNeeded));
  std::filesystem::remove_all(folder);
}

TEST(AllMistakes, AnEndlessFileIsNotReadToItsEnd) {
  try {
    load_inventory("/dev/zero");
    FAIL();
  } catch (const ConfigError& error) {
    EXPECT_STREQ(error.what(),
                 "/dev/zero: the inventory: is larger than 16 MiB; is it the right file?");
  }
}

TEST(AllMistakes, AFolderIsNoInventory) {
  EXPECT_THROW(load_inventory(testing::TempDir()), ConfigError);
}

}  // namespace
}  // namespace touchstone::config_test
