// First inventories: what they say, and that the reader takes them.
#include "harness/config/init.h"

#include <gmock/gmock.h>

#include <functional>

#include "harness/parse/rank_table.h"
#include "tests/config/config_test.h"

namespace touchstone::config_test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string told_by(const std::function<void()>& make) {
  try {
    make();
  } catch (const ConfigError& error) {
    return config_test::told(error);
  }
  return "";
}

Inventory from_hosts(const std::vector<std::string>& hosts) {
  return parse_inventory(write_inventory(hosts, {}), "c.yaml");
}

TEST(InitHosts, ReadsTheFormsOfACommandLine) {
  const Inventory inventory = from_hosts({"node-[01-02]=10.0.0.[11-12]", "root@db:2222", "10.0.0.9",
                                          "v6=[2001:db8::1]:22", "op@corp@jump", "2001:db8::2"});
  ASSERT_EQ(inventory.groups.size(), 1u);
  const auto& hosts = inventory.groups[0].hosts;
  ASSERT_EQ(hosts.size(), 7u);
  EXPECT_EQ(hosts[1].name, "node-02");
  EXPECT_EQ(hosts[1].address, "10.0.0.12");
  EXPECT_EQ(hosts[2].name, "db");
  EXPECT_EQ(hosts[2].access.user, "root");
  EXPECT_EQ(hosts[2].access.port, 2222);
  EXPECT_EQ(hosts[3].name, "10.0.0.9");
  EXPECT_EQ(hosts[4].address, "2001:db8::1");
  EXPECT_EQ(hosts[4].access.port, 22);
  EXPECT_EQ(hosts[5].access.user, "op@corp");
  EXPECT_EQ(hosts[6].name, "2001-db8--2");
  EXPECT_EQ(hosts[6].address, "2001:db8::2");
}

TEST(InitHosts, SaysOnceWhatAllHostsShare) {
  const std::string text = write_inventory({"op@a:22", "op@b:22"}, {});
  EXPECT_THAT(text, HasSubstr("defaults:\n  transport: ssh\n  user: op\n  port: 22\n"));
  EXPECT_THAT(text, HasSubstr("    hosts:\n      - a\n      - b\n"));
}

// The line that editors look for, as in README and docs/inventory.md.
TEST(InitHosts, BeginsWithTheLineOfTheSchema) {
  for (const Language language : {Language::kEn, Language::kZh})
    EXPECT_THAT(
        write_inventory({"a"}, {.language = language}),
        testing::StartsWith("# yaml-language-server: $schema=docs/cluster.schema.json\n# "));
}

TEST(InitHosts, TakesNameAndProfile) {
  const Inventory inventory = parse_inventory(
      write_inventory({"a"}, {.cluster = "杭州: \"1\" #", .profile = "deepseek-v3-bf16"}),
      "c.yaml");
  EXPECT_EQ(inventory.cluster, "杭州: \"1\" #");
}

TEST(InitHosts, TellsEachWordThatIsWrong) {
  EXPECT_EQ(told_by([] {
              write_inventory({"ok", "a b", "n[1-", "x:99999", "x:"}, {});
            }),
            "HOST: \"a b\": \"a b\" is no name; write letters, digits, '.', '_' and '-' (at most "
            "253), a letter or digit first\n"
            "HOST: \"n[1-\": the pattern \"n[1-\" cannot be read: the bracket '[' is not closed\n"
            "HOST: \"x:99999\": \"99999\" does not fit; write a whole number from 1 to 65535\n"
            "HOST: \"x:\": \":\" does not fit; write a whole number from 1 to 65535");
  EXPECT_THAT(told_by([] {
                write_inventory({"a", "b", "a"}, {});
              }),
              HasSubstr("\"a\" is there twice"));
  EXPECT_EQ(told_by([] {
              write_inventory({"10.xx.xx.10", "a=0.0.0.0", "v6=[::]:22"}, {});
            }),
            "HOST: \"10.xx.xx.10\": \"10.xx.xx.10\" is a masked address; write the one that the "
            "host really has, such as 10.20.0.1\n"
            "HOST: \"a=0.0.0.0\": \"0.0.0.0\" is no host's own address; write one that leads to "
            "the host, such as 10.20.0.1\n"
            "HOST: \"v6=[::]:22\": \"::\" is no host's own address; write one that leads to the "
            "host, such as 10.20.0.1");
  EXPECT_THAT(told_by([] { write_inventory({"a"}, {.cluster = "b\t"}); }),
              HasSubstr("cluster: the text holds a line break"));
  EXPECT_THAT(told_by([] { write_inventory({}, {}); }), HasSubstr("name at least one"));
  EXPECT_THAT(told_by([] { write_inventory({""}, {}); }), HasSubstr("the name is empty"));
  EXPECT_THAT(told_by([] { write_inventory({"a"}, {.profile = "x"}); }),
              HasSubstr("there are: deepseek"));
}

// Servers with these addresses, two NPUs each.
RankTable table_of(const std::vector<std::string>& servers) {
  RankTable table;
  int npu = 0;
  for (const std::string& id : servers) {
    RankTable::Server server{.server_id = id, .container_ip = id};
    for (int i = 0; i < 2; ++i)
      server.devices.push_back({std::to_string(i), "10.20.0." + std::to_string(++npu), ""});
    table.servers.push_back(server);
  }
  number_rank_table(table);
  return table;
}
std::string init_from(const RankTable& table) {
  return inventory_from_rank_table(write_rank_table(table, RankTableForm::kGuide), "t.json", {});
}

TEST(InitRankTable, TakesServersMasterNpusAndAddresses) {
  const Inventory inventory =
      parse_inventory(init_from(table_of({"10.0.0.9", "10.0.0.7"})), "c.yaml");
  const Group& group = inventory.groups.at(0);
  EXPECT_EQ(group.master, "10.0.0.9");
  ASSERT_EQ(group.hosts.size(), 2u);
  EXPECT_EQ(group.hosts[1].service_address, "10.0.0.7");
  EXPECT_EQ(group.hosts[1].npus, 2);
  EXPECT_THAT(group.npu_network.at("10.0.0.7"),
              ElementsAre(NpuAddress{.address = "10.20.0.3"}, NpuAddress{.address = "10.20.0.4"}));
  EXPECT_TRUE(inventory.profile.container_ip_equals_server_id);
}

TEST(InitRankTable, WritesDownTheOrderItFinds) {
  const auto order = [](const std::vector<std::string>& servers) {
    return parse_inventory(init_from(table_of(servers)), "c.yaml").profile.rank_table_order;
  };
  EXPECT_EQ(order({"10.0.0.20", "10.0.0.9", "10.0.0.1"}), "descending");
  EXPECT_EQ(order({"10.0.0.1", "10.0.0.9", "10.0.0.20"}), "ascending");
  EXPECT_EQ(order({"10.0.0.1", "10.0.0.20", "10.0.0.9"}), "lexicographic");
  EXPECT_EQ(order({"10.0.0.9", "10.0.0.1", "10.0.0.20"}), "any");
  EXPECT_EQ(order({"10.0.0.9"}), "descending");
}

// A table that is wrong still names its hosts; the steps judge it.
TEST(InitRankTable, WhatIsWrongButNoHindranceBecomesAComment) {
  RankTable table = table_of({"10.0.0.9", "10.0.0.7"});
  table.servers[0].container_ip = "10.9.0.9";
  table.servers[1].devices[0].device_ip = "-.-.-.-";
  const std::string text = init_from(table);
  EXPECT_THAT(text, HasSubstr("# The table, line "));
  EXPECT_THAT(text, HasSubstr("\"-.-.-.-\" is not an IPv4 address"));
  EXPECT_THAT(inventory_from_rank_table(write_rank_table(table, RankTableForm::kGuide), "t.json",
                                        {.language = Language::kZh}),
              AllOf(HasSubstr("# 由 rank table t.json 生成。\n"), HasSubstr("# rank table 第 "),
                    Not(HasSubstr("is not an IPv4"))));
  const Inventory inventory = parse_inventory(text, "c.yaml");
  EXPECT_TRUE(inventory.groups[0].npu_network.empty());
  EXPECT_FALSE(inventory.profile.container_ip_equals_server_id);
}

TEST(InitRankTable, ATableOfOneMachineIsTaken) {
  EXPECT_EQ(
      parse_inventory(init_from(table_of({"127.0.0.12", "127.0.0.11"})), "c.yaml").host_count(),
      2u);
}

TEST(InitRankTable, WhatNamesNobodyIsRefusedWithItsPlace) {
  const auto refused = [](const std::string& text) {
    return told_by([&] { inventory_from_rank_table(text, "t.json", {}); });
  };
  EXPECT_THAT(refused("{\n  \"version\": \"1.0\", # one\n}"), testing::StartsWith("t.json:2:21: "));
  EXPECT_THAT(refused("{\"version\": \"1.0\"}"), testing::StartsWith("t.json:1:1: "));
  EXPECT_THAT(refused("{\"version\": \"1.0\", \"server_count\": \"0\", \"server_list\": []}"),
              HasSubstr("the table has no servers"));
  EXPECT_THAT(refused(write_rank_table(table_of({"node-1", "10.0.0.7"}), RankTableForm::kGuide)),
              HasSubstr("server_id \"node-1\" is not an IPv4 address"));
  EXPECT_THAT(
      refused(write_rank_table(table_of({"10.xx.xx.7", "10.0.0.7"}), RankTableForm::kGuide)),
      AllOf(testing::StartsWith("t.json:"),
            HasSubstr("server_id \"10.xx.xx.7\" is not an IPv4 address")));
  EXPECT_THAT(refused(write_rank_table(table_of({"0.0.0.0", "10.0.0.7"}), RankTableForm::kGuide)),
              AllOf(testing::StartsWith("t.json:"),
                    HasSubstr("server_id \"0.0.0.0\" is not an address that other hosts reach")));
  EXPECT_THAT(refused(write_rank_table(table_of({"10.0.0.7", "10.0.0.7"}), RankTableForm::kGuide)),
              testing::StartsWith("t.json:"));
}

Inventory from_ansible(const std::string& text) {
  return parse_inventory(inventory_from_ansible(text, "hosts.ini", {}), "c.yaml");
}

TEST(InitAnsible, ReadsHostsRangesAndVariables) {
  const Inventory inventory = from_ansible(
      "# a comment\n; another\n"
      "gate ansible_host=10.9.9.9\n"
      "\n[npu]\n"
      "node[01:03] ansible_user=root   # inline\n"
      "rack[a:c:2]:2222\n");
  EXPECT_EQ(inventory.host_count(), 6u);
}

TEST(InitAnsible, TakesAddressUserPortKeyAndSudo) {
  const Inventory inventory = from_ansible(
      "[npu]\n"
      "a ansible_host=10.0.0.1 ansible_user=root ansible_port=2222 ansible_become=yes "
      "ansible_ssh_private_key_file='/keys/id \"x\"'\n"
      "b ansible_ssh_host=\"10.0.0.2\" ansible_ssh_user=op ansible_become=False\n"
      "c:2200 ansible_connection=local\n");
  const Host a = *inventory.find("a"), b = *inventory.find("b"), c = *inventory.find("c");
  EXPECT_EQ(a.address, "10.0.0.1");
  EXPECT_EQ(a.access.user, "root");
  EXPECT_EQ(a.access.port, 2222);
  EXPECT_TRUE(a.access.sudo);
  EXPECT_EQ(a.access.identity, "/keys/id \"x\"");
  EXPECT_EQ(b.address, "10.0.0.2");
  EXPECT_EQ(b.access.user, "op");
  EXPECT_FALSE(b.access.sudo);
  EXPECT_EQ(c.access.port, 2200);
  EXPECT_EQ(c.access.transport, "local");
}

TEST(InitAnsible, TakesAddressesOfIpv6) {
  const Inventory inventory =
      from_ansible("[npu]\n[2001:db8::1]:2022\n2001:db8::5 ansible_user=op\n");
  ASSERT_TRUE(inventory.find("2001-db8--1") && inventory.find("2001-db8--5"));
  EXPECT_EQ(inventory.find("2001-db8--1")->address, "2001:db8::1");
  EXPECT_EQ(inventory.find("2001-db8--1")->access.port, 2022);
  EXPECT_EQ(inventory.find("2001-db8--5")->address, "2001:db8::5");
  EXPECT_EQ(inventory.find("2001-db8--5")->access.user, "op");
}

// Ansible's own precedence: all, then groups from the outside in, then the host.
TEST(InitAnsible, TheInnerGroupWins) {
  const Inventory inventory = from_ansible(
      "[inner]\na\nb ansible_port=4\n[other]\nc\n"
      "[outer:children]\ninner\nother # too\n"
      "[inner:vars]\nansible_port = 3\n"
      "[outer:vars]\nansible_port=2\nansible_user = \"op\"   # quoted\n"
      "[all:vars]\nansible_port=1\nansible_user=root # not quoted\n"
      "[alone]\nd\n");
  EXPECT_EQ(inventory.find("a")->access.port, 3);
  EXPECT_EQ(inventory.find("b")->access.port, 4);
  EXPECT_EQ(inventory.find("c")->access.port, 2);
  EXPECT_EQ(inventory.find("d")->access.port, 1);
  EXPECT_EQ(inventory.find("a")->access.user, "op");
  EXPECT_EQ(inventory.find("d")->access.user, "root");
}

TEST(InitAnsible, AHostOfSeveralGroupsIsInTheLargest) {
  const std::string text =
      inventory_from_ansible("[master]\nn1\n[npu]\nn[1:3]\n[all_npu:children]\nnpu\n", "h", {});
  EXPECT_THAT(text, HasSubstr("- n1  # also in: master"));
  const Inventory inventory = parse_inventory(text, "c.yaml");
  ASSERT_EQ(inventory.groups.size(), 1u);
  EXPECT_EQ(inventory.groups[0].name, "npu");
}

TEST(InitAnsible, SecretsAreNotCopied) {
  const std::string text = inventory_from_ansible(
      "a ansible_ssh_pass=hunter2 ansible_ssh_common_args='-J hop' app_token=s3cret\n", "h", {});
  EXPECT_THAT(text, Not(HasSubstr("hunter2")));
  EXPECT_THAT(text, Not(HasSubstr("s3cret")));
  EXPECT_THAT(text, HasSubstr("# Not taken over: ansible_ssh_common_args, ansible_ssh_pass."));
  EXPECT_THAT(
      inventory_from_ansible("a ansible_ssh_pass=hunter2\n", "h", {.language = Language::kZh}),
      AllOf(HasSubstr("# 由 Ansible 清单 h 生成。\n"), HasSubstr("# 未采用:ansible_ssh_pass。"),
            Not(HasSubstr("hunter2"))));
}

TEST(InitAnsible, MistakesAreToldWithTheirPlace) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "h: there are no hosts in it"},
      {"# hosts\n---\nall:\n", "h:2:1: this inventory is YAML; give one in INI form"},
      {"all:\n  hosts:\n    a:\n", "h:1:1: this inventory is YAML"},
      {"[npu\na\n", "h:1:1: \"[npu\" is no section"},
      {"[npu:host]\na\n", "h:1:1: \"[npu:host]\" is no section"},
      {"[]\n", "h:1:1: \"[]\" is no section"},
      {"a\n[x:children]\nnpu\n", "h:3:1: there is no group \"npu\"; write a section [npu]"},
      {"a\n[npu:vars]\nb=1\n", "h:2:1: these variables belong to no group"},
      {"[npu]\na\n[npu:vars]\njust words\n", "h:4:1: \"just words\" is no variable"},
      {"[a:children]\nb\n[b:children]\na\n[b]\nn\n", "h:3:1: the group \"b\" is among its own"},
      {"  a b\n", "h:1:5: \"b\" is no variable; write name=value"},
      {"a x='1\n", "h:1:3: the quote in this word is not closed"},
      {"n[1:\n", "h:1:1: \"n[1:\" is no range"},
      {"n[3:1]\n", "h:1:1: \"n[3:1]\" is no range"},
      {"n[1:5:0]\n", "h:1:1: \"n[1:5:0]\" is no range"},
      {"n[1:99999]\n", "h:1:1: \"n[1:99999]\" is no range of at most 10000"},
      {"a[1:9999]\nb[1:9999]\n", "h:2:1: there are more than 10000 hosts"},
      {"a ansible_port=x\n", "h:1:3: ansible_port: \"x\" is no port; write a number from 1"},
      {"主 a=1\n", "h:1:1: \"主\" is no name"},
      {"a  k=主 ansible_host='x y'\n", "h:1:8: ansible_host: \"x y\" is no address"},
      {"a  ansible_host=10.xx.xx.10\n", "h:1:4: ansible_host: \"10.xx.xx.10\" is a masked address"},
      {"a\n 10.**.**.10\n", "h:2:2: \"10.**.**.10\" is no name"},
      {"a\n 10.xx.xx.10 ansible_user=root\n", "h:2:2: \"10.xx.xx.10\" is a masked address"},
      {"0.0.0.0\n", "h:1:1: \"0.0.0.0\" is no host's own address"},
      {"a ansible_host={{ip}}\n", "h:1:3: ansible_host: a template is not worked out here"},
      {"a ansible_connection=docker\n", "h:1:3: ansible_connection: the connection \"docker\""},
      {"[all:vars]\nansible_user = -x\n[g]\na\n", "h:2:16: ansible_user: \"-x\" is no user"},
      {"a ansible_host=x\n  b ansible_host=x\n", "h:2:3: \"b\" and \"a\" have the same address x"},
      {"[a b]\nn\n", "h:1:1: \"a b\" is no name"},
  };
  for (const auto& [text, wanted] : cases)
    EXPECT_THAT(told_by([&, t = text] { inventory_from_ansible(t, "h", {}); }),
                testing::StartsWith(wanted))
        << text;
}

}  // namespace
}  // namespace touchstone::config_test
