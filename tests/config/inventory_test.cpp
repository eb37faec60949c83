// What a right inventory becomes.
#include "harness/config/inventory.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "harness/config/profile.h"
#include "tests/config/config_test.h"

namespace touchstone::config_test {
namespace {

using testing::ElementsAre;

std::vector<std::string> names_of(const Group& group) {
  std::vector<std::string> names;
  for (const Host& host : group.hosts) names.push_back(host.name);
  return names;
}

const Host& host(const Inventory& inventory, const std::string& name) {
  const Host* found = inventory.find(name);
  EXPECT_NE(found, nullptr) << name;
  static const Host kNone;
  return found ? *found : kNone;
}

TEST(Inventory, TheLeastOneHasDefaultsForAllElse) {
  const Inventory inventory = parse_inventory(with_hosts("      - node-1\n"), "c.yaml");
  EXPECT_EQ(inventory.cluster, "lab");
  EXPECT_FALSE(inventory.simulated);
  EXPECT_EQ(inventory.profile, find_profile("deepseek-r1-w8a8"));
  ASSERT_EQ(inventory.groups.size(), 1u);
  const Group& group = inventory.groups[0];
  EXPECT_EQ(group.rank_table, "/data/hm/rank_table_file.json");
  EXPECT_EQ(group.service_user, "root");
  EXPECT_EQ(group.master, "");
  EXPECT_TRUE(group.npu_network.empty());
  EXPECT_EQ(group.hosts[0],
            (Host{.name = "node-1", .address = "node-1", .service_address = "node-1"}));
}

TEST(Inventory, PatternsGiveNamesAndAddressesInOrder) {
  const Inventory inventory =
      parse_inventory(with_hosts("      - {name: \"node-[08-10]\", address: \"10.0.0.[18-20]\"}\n"
                                 "      - node-[20,22]\n"
                                 "      - {name: \"r[1-2]n[1-2]\", address: \"{host}.lab\"}\n"),
                      "c.yaml");
  EXPECT_THAT(names_of(inventory.groups[0]),
              ElementsAre("node-08", "node-09", "node-10", "node-20", "node-22", "r1n1", "r1n2",
                          "r2n1", "r2n2"));
  EXPECT_EQ(host(inventory, "node-09").address, "10.0.0.19");
  EXPECT_EQ(host(inventory, "node-09").service_address, "10.0.0.19");
  EXPECT_EQ(host(inventory, "node-22").address, "node-22");
  EXPECT_EQ(host(inventory, "r2n1").address, "r2n1.lab");
}

TEST(Inventory, ServiceAddressesAreGivenLikeAddresses) {
  const Inventory inventory =
      parse_inventory(with_hosts("      - {name: \"n[1-2]\", address: \"{host}.lab\", "
                                 "service_address: \"192.168.0.[21-22]\"}\n"),
                      "c.yaml");
  EXPECT_EQ(host(inventory, "n2").address, "n2.lab");
  EXPECT_EQ(host(inventory, "n2").service_address, "192.168.0.22");
}

// A host wins over its group, a group over the file, the file over what is built in.
TEST(Inventory, TheNearestDefaultWins) {
  const Inventory inventory =
      parse_inventory(kHead +
                          "defaults: {user: top, port: 1, npus: 4, sudo: true, "
                          "time_limit: 7.5}\n"
                          "groups:\n"
                          "  - name: a\n"
                          "    defaults: {port: 2, npus: 16}\n"
                          "    hosts: [one, {name: two, port: 3}]\n"
                          "  - {name: b, hosts: [{name: three, npus: 1, sudo: false}]}\n",
                      "c.yaml");
  const Host one = host(inventory, "one"), two = host(inventory, "two"),
             three = host(inventory, "three");
  EXPECT_EQ(one.access.user, "top");
  EXPECT_EQ(one.access.port, 2);
  EXPECT_EQ(one.npus, 16);
  EXPECT_TRUE(one.access.sudo);
  EXPECT_EQ(one.access.time_limit, 7.5);
  EXPECT_EQ(two.access.port, 3);
  EXPECT_EQ(two.npus, 16);
  EXPECT_EQ(three.access.port, 1);
  EXPECT_EQ(three.npus, 1);
  EXPECT_FALSE(three.access.sudo);
}

TEST(Inventory, HowManyNpusIsTheProfilesToSay) {
  const std::string site = "site: {npus: 16}\n";
  EXPECT_EQ(parse_inventory(with_hosts("      - n\n") + site, "c.yaml").find("n")->npus, 16);
}

TEST(Inventory, NamesAndAddressesGoIntoCommandsAndPaths) {
  const Inventory inventory = parse_inventory(
      with_hosts("      - name: n[1-2]\n"
                 "        address: 10.0.0.[1-2]\n"
                 "        transport: exec\n"
                 "        command: [enter, \"{host}@{address}\", \"{host}{host}\"]\n"
                 "        sysroot: /sim/{host}/root\n"
                 "        container: mindie-{host}\n"),
      "c.yaml");
  const Host two = host(inventory, "n2");
  EXPECT_THAT(two.access.command, ElementsAre("enter", "n2@10.0.0.2", "n2n2"));
  EXPECT_EQ(two.sysroot, "/sim/n2/root");
  EXPECT_EQ(two.container, "mindie-n2");
}

TEST(Inventory, KeysAreFoundFromHomeAndFromTheFile) {
  ASSERT_EQ(setenv("HOME", "/home/op", 1), 0);
  const Inventory inventory = parse_inventory(with_hosts("      - {name: a, identity: ~/.ssh/k}\n"
                                                         "      - {name: b, identity: keys/k}\n"
                                                         "      - {name: c, identity: /k}\n"),
                                              "/etc/ts/cluster.yaml");
  EXPECT_EQ(host(inventory, "a").access.identity, "/home/op/.ssh/k");
  EXPECT_EQ(host(inventory, "b").access.identity, "/etc/ts/keys/k");
  EXPECT_EQ(host(inventory, "c").access.identity, "/k");
}

TEST(Inventory, TheSiteOverridesTheProfile) {
  const Inventory inventory =
      parse_inventory(with_hosts("      - n\n") +
                          "site:\n  rank_table_order: ascending\n  driver: \">=24.1.rc3,<26\"\n"
                          "  tls: no-certificates\n  service_expected: true\n  servers: 2..60\n"
                          "  architecture: any\n  flap_window_hours: 0.5\n  mtu: 4200\n",
                      "c.yaml");
  Profile wanted = find_profile("deepseek-r1-w8a8");
  wanted.rank_table_order = "ascending";
  wanted.driver = ">=24.1.rc3,<26";
  wanted.tls = "no-certificates";
  wanted.service_expected = true;
  wanted.servers = {2, 60};
  wanted.architecture = "";
  wanted.flap_window_hours = 0.5;
  wanted.mtu = "4200";
  EXPECT_EQ(inventory.profile, wanted);
}

TEST(Inventory, AHostAddressCanBeIpv6OrAnAlias) {
  EXPECT_EQ(mistakes_in(with_hosts("      - {name: a, address: \"fe80::1%eth0\"}\n"
                                   "      - {name: b, address: jump_alias}\n"
                                   "      - {name: c, address: 2001:db8::7}\n")),
            "");
}

TEST(Inventory, OneAddressWithSeveralPortsIsSeveralHosts) {
  EXPECT_EQ(mistakes_in(with_hosts(
                "      - {name: a, address: gate, port: 2201, service_address: 10.0.0.1}\n"
                "      - {name: b, address: gate, port: 2202, service_address: 10.0.0.2}\n")),
            "");
}

TEST(Inventory, AliasesAndAByteOrderMarkAreTaken) {
  const Inventory inventory = parse_inventory(
      "\xEF\xBB\xBFtouchstone: 1\r\ncluster: 杭州\r\nprofile: deepseek-v3-bf16\r\n"
      "defaults: &d {port: 7}\r\ngroups: [{name: g, defaults: *d, hosts: [n]}]\r\n",
      "c.yaml");
  EXPECT_EQ(inventory.cluster, "杭州");
  EXPECT_EQ(inventory.profile.weights, "bf16");
  EXPECT_EQ(host(inventory, "n").access.port, 7);
}

// Values come from files and variables; the inventory itself has none.
class InventorySecrets : public testing::Test {
 protected:
  explicit InventorySecrets() { ::setenv("TOUCHSTONE_TEST_SECRET", "third-secret", 1); }
  ~InventorySecrets() override {
    ::unsetenv("TOUCHSTONE_TEST_SECRET");
    std::filesystem::remove(file_);
  }
  std::string inventory(const std::string& file_text) const {
    std::ofstream(file_) << file_text;
    return with_hosts("      - a\n") + "secrets: {names: [licence], files: [" + file_ +
           "], env: [TOUCHSTONE_TEST_SECRET]}\n";
  }
  const std::string file_ = (std::filesystem::temp_directory_path() /
                             ("touchstone-secrets-" + std::to_string(::getpid())))
                                .string();
};

TEST_F(InventorySecrets, AreReadFromWhereTheyAre) {
  const Secrets secrets =
      parse_inventory(inventory("first secret\r\n\nsecond-secret\n"), "c.yaml").secrets;
  EXPECT_TRUE(secrets.names("LICENCE"));
  EXPECT_EQ(secrets.without_values("first secret, second-secret; third-secret"),
            "[redacted], [redacted]; [redacted]");
}

TEST_F(InventorySecrets, AreNotRepeatedWhereOneIsTooShort) {
  const std::string told = mistakes_in(inventory("long enough\nhunt2\n"));
  EXPECT_THAT(told, testing::HasSubstr("secrets.files[0]: line 2 of " + file_ + " is too short"));
  EXPECT_THAT(told, testing::Not(testing::HasSubstr("hunt2")));
}

}  // namespace
}  // namespace touchstone::config_test
