// Every kind of mistake in an inventory, and exactly how it is told.
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include <gmock/gmock.h>

#include "tests/config/config_test.h"

namespace touchstone::config_test {
namespace {

struct Case {
  std::string name;
  std::string text;
  std::string told;  // how the line begins; it is the only one
};
std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.name;
}

class Mistakes : public testing::TestWithParam<Case> {};

TEST_P(Mistakes, AreToldWithTheirPlace) {
  const std::string told = mistakes_in(GetParam().text);
  EXPECT_THAT(told, testing::StartsWith(GetParam().told)) << GetParam().text;
  EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 0) << told;
}

std::string name_of_case(const testing::TestParamInfo<Case>& info) {
  return info.param.name;
}

const std::string kGroups = "groups: [{name: g, hosts: [a]}]\n";

// A host with one key more, in line 7; that key begins in column 19.
std::string host_with(const std::string& key) {
  return with_hosts("      - {name: a, " + key + "}\n");
}
std::string network(const std::string& keys) {
  return kHead +
         "groups:\n- name: g\n  hosts: [{name: \"a[1-2]\", npus: 2}]\n  npu_network:\n    " + keys +
         "\n";
}

INSTANTIATE_TEST_SUITE_P(
    Secrets, Mistakes,
    testing::Values(
        Case{"NoSuchFile", kHead + kGroups + "secrets: {files: [/none]}\n",
             "c.yaml:5:19: secrets.files[0]: /none: secrets: cannot be read (No such file"},
        Case{"NoSuchVariable", kHead + kGroups + "secrets: {env: [TOUCHSTONE_NO_SUCH]}\n",
             "c.yaml:5:17: secrets.env[0]: the environment has no TOUCHSTONE_NO_SUCH; set it"},
        Case{"NoName", kHead + kGroups + "secrets: {names: [\"a b\"]}\n",
             "c.yaml:5:19: secrets.names[0]: a name has letters, digits, _, - and dots only"},
        Case{"NoList", kHead + kGroups + "secrets: {names: a}\n",
             "c.yaml:5:18: secrets.names: this is a text; write a list"},
        // What evidence never has cannot be compared, and the message does not repeat it.
        Case{"Compared", kHead + kGroups + "site: {environment: {API_TOKEN: hunter2}}\n",
             "c.yaml:5:33: site.environment.API_TOKEN: a secret cannot be compared: evidence has "
             "none; write any"},
        Case{"NamedAndCompared",
             kHead + kGroups +
                 "site: {service_config: {licence: x1}}\nsecrets: {names: [LICENCE]}\n",
             "c.yaml:6:10: secrets: licence is named here, and the profile or the site compares"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Yaml, Mistakes,
    testing::Values(
        Case{"Empty", "", "c.yaml:1:1: there is nothing in the file; `touchstone init"},
        Case{"OnlyAComment", "# later\n", "c.yaml:1:1: there is nothing in the file"},
        Case{"NoMap", "hello\n", "c.yaml:1:1: this is a text; write keys, such as 'touchstone: …'"},
        Case{"AList", "- a\n", "c.yaml:1:1: this is a list; write keys"},
        Case{"SecondDocument", kHead + kGroups + "---\na: 1\n",
             "c.yaml:5:1: a second document begins here"},
        Case{"Tab", kHead + "groups:\n\t- name: g\n", "c.yaml:5:1: a tab is no indentation"},
        Case{"TabBehindBlanks", kHead + "site:\n  \tmtu: 1\n", "c.yaml:5:3: a tab is no"},
        Case{"OpenQuote", "cluster: 'abc\nprofile: x\n",
             "c.yaml:1:10: the quote that begins here is not closed"},
        Case{"OpenQuoteAtTheEnd", "cluster: \"abc", "c.yaml:1:"},
        Case{"PatternInFlow", kHead + "groups: [{name: g, hosts: [node-[01-04]]}]\n",
             "c.yaml:4:33: not YAML (end of sequence flow not found); a pattern must be in quotes"},
        Case{"PatternInAMapInFlow", with_hosts("      - {name: n[1-4], port: 22}\n"),
             "c.yaml:7:17: not YAML (end of map flow not found); a pattern must be in quotes"},
        Case{"RangeWithoutQuotes", kHead + kGroups + "site:\n  servers: >=2\n",
             "c.yaml:6:13: not YAML (unexpected character in block scalar); a value that begins "
             "with > must be in quotes: \">=2\""},
        Case{"AtSign", kHead + "site: {driver: @x}\n",
             "c.yaml:4:16: not YAML (unknown token); a value that begins with @"},
        Case{"ColonInAValue", "cluster: a: b\n",
             "c.yaml:1:11: not YAML (illegal map value); a value that holds ': ' must be in"},
        Case{"Indentation", "touchstone: 1\n  cluster: a\n",
             "c.yaml:2:10: not YAML (illegal map value); look at the indentation"},
        Case{"MissingBracket", "groups: [{name: g\n",
             "c.yaml:2:1: not YAML (end of map flow not found); a comma or a closing bracket"},
        Case{"UnknownAlias", "cluster: *c\n", "c.yaml:1:10: not YAML (the referenced anchor"},
        Case{"AliasOfItself", "defaults: &d {command: [*d]}\n",
             "c.yaml:1:25: the alias stands inside of what it names"},
        Case{"Tag", "cluster: !!str 5\n", "c.yaml:1:10: tags (!, !!str) are not read"},
        Case{"KeyThatIsNoText", "? [a]\n: b\n", "c.yaml:1:3: a key must be a plain text"},
        Case{"ColumnsCountCharacters", "cluster: {杭州: [x}\n", "c.yaml:1:17: not YAML"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Keys, Mistakes,
    testing::Values(
        Case{"Unknown", kHead + kGroups + "colour: red\n",
             "c.yaml:5:1: colour: unknown key; there are: touchstone, cluster, simulated, "},
        Case{"UnknownNear", kHead + kGroups + "simulate: true\n",
             "c.yaml:5:1: simulate: unknown key; did you mean 'simulated'?"},
        Case{"UnknownInAHost", host_with("prot: 22"),
             "c.yaml:7:19: groups[0].hosts[0].prot: unknown key; did you mean 'port'?"},
        Case{"UnknownBehindChinese", with_hosts("      - {name: a, user: u, 端口: 1}\n"),
             "c.yaml:7:28: groups[0].hosts[0].端口: unknown key; there are: name, address"},
        Case{"UnknownInASite", kHead + kGroups + "site: {clock_second: 3}\n",
             "c.yaml:5:8: site.clock_second: unknown key; did you mean 'clock_seconds'?"},
        Case{"NameOfASite", kHead + kGroups + "site: {name: x}\n",
             "c.yaml:5:8: site.name: unknown"},
        Case{"AddressInDefaults", kHead + kGroups + "defaults: {address: x}\n",
             "c.yaml:5:12: defaults.address: unknown key; there are: transport"},
        Case{"Duplicate", kHead + "cluster: b\n" + kGroups,
             "c.yaml:4:1: cluster: the key is there twice (first in line 2); keep one"},
        Case{"DuplicateInAHost", host_with("port: 1, port: 2"),
             "c.yaml:7:28: groups[0].hosts[0].port: the key is there twice (first in line 7)"},
        Case{"MergeKey",
             kHead + "defaults: &d {port: 1}\ngroups: [{name: g, hosts: [{name: a, <<: *d}]}]\n",
             "c.yaml:5:38: groups[0].hosts[0].\"<<\": merge keys are not read"},
        Case{"NoValue", "touchstone: 1\ncluster:\nprofile: deepseek-r1-w8a8\n" + kGroups,
             "c.yaml:2:1: cluster: there is no value; write one"},
        Case{"NullValue", "touchstone: 1\ncluster: ~\nprofile: deepseek-r1-w8a8\n" + kGroups,
             "c.yaml:2:1: cluster: there is no value"},
        Case{"Missing", "touchstone: 1\nprofile: deepseek-r1-w8a8\n" + kGroups,
             "c.yaml:1:1: cluster: the key is missing"},
        Case{"MissingInAHost", with_hosts("      - {port: 1}\n"),
             "c.yaml:7:9: groups[0].hosts[0].name: the key is missing"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Values, Mistakes,
    testing::Values(
        Case{"Version", "touchstone: 2\ncluster: a\nprofile: deepseek-r1-w8a8\n" + kGroups,
             "c.yaml:1:13: touchstone: this program reads version 1 of the format, not \"2\""},
        Case{"UnknownProfile", "touchstone: 1\ncluster: a\nprofile: deepseek-r2\n" + kGroups,
             "c.yaml:3:10: profile: there is no profile \"deepseek-r2\""},
        Case{"MissingProfileFile", "touchstone: 1\ncluster: a\nprofile: no/such.yaml\n" + kGroups,
             "c.yaml:3:10: profile: no/such.yaml: the profile: cannot be read (No such file or "
             "directory)"},
        Case{"EmptyText", "touchstone: 1\ncluster: ''\nprofile: deepseek-r1-w8a8\n" + kGroups,
             "c.yaml:2:10: cluster: the text is empty"},
        Case{"LineBreak",
             "touchstone: 1\ncluster: \"a\\nb\"\nprofile: deepseek-r1-w8a8\n" + kGroups,
             "c.yaml:2:10: cluster: the text holds a line break"},
        Case{"ListForText", "touchstone: 1\ncluster: [a]\nprofile: deepseek-r1-w8a8\n" + kGroups,
             "c.yaml:2:10: cluster: this is a list; write a text"},
        Case{"Switch", kHead + kGroups + "simulated: yes\n",
             "c.yaml:5:12: simulated: \"yes\" is no switch; write true or false"},
        Case{"SwitchInQuotes", kHead + kGroups + "simulated: 'true'\n",
             "c.yaml:5:12: simulated: \"true\" is no switch"},
        Case{"PortTooHigh", host_with("port: 65536"),
             "c.yaml:7:25: groups[0].hosts[0].port: \"65536\" does not fit; write a whole number "
             "from 1 to 65535"},
        Case{"PortZero", host_with("port: 0"), "c.yaml:7:25: groups[0].hosts[0].port: \"0\""},
        Case{"PortHuge", host_with("port: 99999999999999999999"),
             "c.yaml:7:25: groups[0].hosts[0].port: \"99999999999999999999\" does not fit"},
        Case{"PortInQuotes", host_with("port: '22'"),
             "c.yaml:7:25: groups[0].hosts[0].port: this is a text; write a whole number from 1 to "
             "65535, without quotes"},
        Case{"PortOctal", host_with("port: 0022"),
             "c.yaml:7:25: groups[0].hosts[0].port: \"0022\""},
        Case{"PortHex", host_with("port: 0x16"), "c.yaml:7:25: groups[0].hosts[0].port: \"0x16\""},
        Case{"PortWord", host_with("port: ssh"), "c.yaml:7:25: groups[0].hosts[0].port: \"ssh\""},
        Case{"PortList", host_with("port: [22]"),
             "c.yaml:7:25: groups[0].hosts[0].port: a list does not fit"},
        Case{"Npus", host_with("npus: 65"),
             "c.yaml:7:25: groups[0].hosts[0].npus: \"65\" does not fit; write a whole number from "
             "1 to 64"},
        Case{"TimeLimit", host_with("time_limit: 0"),
             "c.yaml:7:31: groups[0].hosts[0].time_limit: \"0\" does not fit; write a number above "
             "0"},
        Case{"TimeLimitNan", host_with("time_limit: .nan"),
             "c.yaml:7:31: groups[0].hosts[0].time_limit: \".nan\" does not fit"},
        Case{
            "Transport", host_with("transport: shh"),
            "c.yaml:7:30: groups[0].hosts[0].transport: \"shh\" is not among ssh, exec, local; did "
            "you mean 'ssh'?"},
        Case{"ExecWithoutCommand", host_with("transport: exec"),
             "c.yaml:7:9: groups[0].hosts[0].command: transport exec needs the command"},
        Case{"CommandAsText", host_with("transport: local, command: docker exec"),
             "c.yaml:7:46: groups[0].hosts[0].command: this is a text; write the words as a list"},
        Case{"CommandEmpty", host_with("command: []"),
             "c.yaml:7:28: groups[0].hosts[0].command: the list is empty"},
        Case{"CommandPlaceholder", host_with("command: [k, '{hots}']"),
             "c.yaml:7:32: groups[0].hosts[0].command[1]: \"{hots}\" is no placeholder; there are "
             "{host} and {address}"},
        Case{"User", host_with("user: '-oProxyCommand=x'"),
             "c.yaml:7:25: groups[0].hosts[0].user: \"-oProxyCommand=x\" is no user name"},
        Case{"UserOfAShell", host_with("user: '$(id)'"),
             "c.yaml:7:25: groups[0].hosts[0].user: \"$(id)\" is no user name"},
        Case{"IdentityOption", host_with("identity: -v"),
             "c.yaml:7:29: groups[0].hosts[0].identity: \"-v\" would be taken for an option"},
        Case{"IdentityOfOthers", host_with("identity: ~op/.ssh/k"),
             "c.yaml:7:29: groups[0].hosts[0].identity: \"~op/.ssh/k\" is the home of another"},
        Case{"Sysroot", host_with("sysroot: root"),
             "c.yaml:7:28: groups[0].hosts[0].sysroot: \"root\" is not absolute"},
        Case{"Container", host_with("container: a b"),
             "c.yaml:7:30: groups[0].hosts[0].container: \"a b\" is no name"},
        Case{"SiteVersion", kHead + kGroups + "site: {driver: new}\n" + "simulated: 1\n",
             "c.yaml:6:12: simulated: \"1\" is no switch"},
        Case{"SiteNoMap", kHead + kGroups + "site: ascending\n",
             "c.yaml:5:7: site: this is a text; write keys"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Hosts, Mistakes,
    testing::Values(
        Case{"GroupsAsMap", kHead + "groups: {name: g}\n",
             "c.yaml:4:9: groups: this is a map; write a list: - name: group-1"},
        Case{"NoGroups", kHead + "groups: []\n", "c.yaml:4:9: groups: the list is empty"},
        Case{"NoHosts", kHead + "groups: [{name: g, hosts: []}]\n",
             "c.yaml:4:27: groups[0].hosts: the list is empty"},
        Case{"EmptyItem", with_hosts("      - a\n      -\n"),
             "c.yaml:8:7: groups[0].hosts[1]: the item is empty"},
        Case{"GroupTwice", kHead + "groups:\n- {name: g, hosts: [a]}\n- {name: g, hosts: [b]}\n",
             "c.yaml:6:10: groups[1].name: \"g\" is there twice (first in line 5)"},
        Case{"HostTwice", with_hosts("      - a\n      - b\n      - a\n"),
             "c.yaml:9:9: groups[0].hosts[2].name: \"a\" is there twice (first in line 7)"},
        Case{"HostInTwoGroups",
             kHead + "groups:\n- {name: g, hosts: [a]}\n- {name: h, hosts: [a]}\n",
             "c.yaml:6:21: groups[1].hosts[0].name: \"a\" is there twice (first in line 5)"},
        Case{"PatternsOverlap", with_hosts("      - n[1-100]\n      - n[50-200]\n"),
             "c.yaml:8:9: groups[0].hosts[1].name: \"n50\" is there twice"},
        Case{
            "AddressTwice",
            with_hosts("      - {name: a, address: x}\n      - {name: b, address: x}\n"),
            "c.yaml:8:28: groups[0].hosts[1].address: \"x\" is there twice (first in line 7); each "
            "host needs its own address or port"},
        Case{"AddressTwiceOtherwiseSpelt",
             with_hosts("      - HostX\n      - {name: b, address: hostx}\n"),
             "c.yaml:8:28: groups[0].hosts[1].address: \"hostx\" is there twice (first in line 7)"},
        Case{"AddressTwiceInIpv6",
             with_hosts("      - {name: a, address: '::1'}\n"
                        "      - {name: b, address: '0:0:0:0:0:0:0:1'}\n"),
             "c.yaml:8:28: groups[0].hosts[1].address: \"0:0:0:0:0:0:0:1\" is there twice"},
        Case{"AddressTwiceMapped",
             with_hosts(
                 "      - {name: a, address: 10.0.0.1}\n"
                 "      - {name: b, address: '::ffff:10.0.0.1', service_address: 10.0.0.2}\n"),
             "c.yaml:8:28: groups[0].hosts[1].address: \"::ffff:10.0.0.1\" is there twice"},
        Case{"ServiceAddressTwice",
             with_hosts("      - {name: a, service_address: 10.0.0.1}\n"
                        "      - {name: b, service_address: 10.0.0.1}\n"),
             "c.yaml:8:36: groups[0].hosts[1].service_address: \"10.0.0.1\" is there twice"},
        Case{"SharedAddressOfExec",
             with_hosts("      - {name: a, transport: exec, command: [x], address: y}\n"
                        "      - {name: b, transport: exec, command: [x], address: y}\n"),
             "c.yaml:8:59: groups[0].hosts[1].service_address: \"y\" is there twice (first in line "
             "7); "
             "each host needs its own; write service_address"},
        Case{"Master", kHead + "groups: [{name: g, master: nod1, hosts: [node1, node2]}]\n",
             "c.yaml:4:28: groups[0].master: \"nod1\" is no host of this group; did you mean "
             "'node1'"},
        Case{"MasterOfAnotherGroup",
             kHead + "groups:\n- {name: g, hosts: [alpha]}\n- {name: h, hosts: [omega], master: "
                     "alpha}\n",
             "c.yaml:6:37: groups[1].master: \"alpha\" is no host of this group"},
        Case{"RankTable", kHead + "groups: [{name: g, rank_table: a.json, hosts: [a]}]\n",
             "c.yaml:4:32: groups[0].rank_table: \"a.json\" is not absolute"},
        Case{"ServiceUser", kHead + "groups: [{name: g, service_user: 'a;b', hosts: [a]}]\n",
             "c.yaml:4:34: groups[0].service_user: \"a;b\" is no user name"},
        Case{"Name", with_hosts("      - 'a b'\n"),
             "c.yaml:7:9: groups[0].hosts[0]: \"a b\" is no name"},
        Case{"NameAsOption", with_hosts("      - name: -oProxyCommand=sh\n"),
             "c.yaml:7:15: groups[0].hosts[0].name: \"-oProxyCommand=sh\" is no name"},
        Case{"PatternNotClosed", with_hosts("      - n[1-3\n"),
             "c.yaml:7:9: groups[0].hosts[0]: the pattern \"n[1-3\" cannot be read: the bracket"},
        Case{"PatternBackwards", with_hosts("      - n[3-1]\n"),
             "c.yaml:7:9: groups[0].hosts[0]: the pattern \"n[3-1]\" cannot be read"},
        Case{"PatternOfLetters", with_hosts("      - n[a-c]\n"),
             "c.yaml:7:9: groups[0].hosts[0]: the pattern \"n[a-c]\" cannot be read"},
        Case{"PatternTooLarge", with_hosts("      - n[1-200]m[1-200]\n"),
             "c.yaml:7:9: groups[0].hosts[0]: the pattern \"n[1-200]m[1-200]\" cannot be read: the "
             "pattern stands for more than 10000"},
        Case{
            "PatternAsList", with_hosts("      - [01-16]\n"),
            "c.yaml:7:9: groups[0].hosts[0]: this is a list; a pattern that begins with [ must be"},
        Case{"TooManyHosts", with_hosts("      - a[1-9999]\n      - b[1-2]\n"),
             "c.yaml:8:9: groups[0].hosts[1]: with this there are more than 10000 hosts"},
        Case{"AddressCount", with_hosts("      - {name: \"n[1-4]\", address: \"10.0.0.[1-3]\"}\n"),
             "c.yaml:7:35: groups[0].hosts[0].address: \"10.0.0.[1-3]\" stands for 3, but the name "
             "stands for 4"},
        Case{"OneAddressForSeveral", with_hosts("      - {name: \"n[1-4]\", address: gate}\n"),
             "c.yaml:7:35: groups[0].hosts[0].address: \"gate\" stands for 1, but the name stands "
             "for "
             "4; write a pattern of 4, or a text with {host}"},
        Case{"Address", host_with("address: 10.0.0.256"),
             "c.yaml:7:28: groups[0].hosts[0].address: \"10.0.0.256\" is no IPv4 address"},
        Case{"AddressShort", host_with("address: 10.0.1"),
             "c.yaml:7:28: groups[0].hosts[0].address: \"10.0.1\" is no IPv4 address"},
        Case{"AddressAsOption", host_with("address: -oProxyCommand=x"),
             "c.yaml:7:28: groups[0].hosts[0].address: \"-oProxyCommand=x\" is no address"},
        Case{"AddressWithUser", host_with("address: root@a"),
             "c.yaml:7:28: groups[0].hosts[0].address: \"root@a\" is no address; write the user "
             "under 'user'"},
        Case{"AddressOfAShell", host_with("address: a;reboot"),
             "c.yaml:7:28: groups[0].hosts[0].address: \"a;reboot\" is no address"},
        Case{"AddressIpv6", host_with("address: \"2001:db8:::1\""),
             "c.yaml:7:28: groups[0].hosts[0].address: \"2001:db8:::1\" is no address"},
        Case{"ServiceAddressAsName", host_with("service_address: node-1"),
             "c.yaml:7:36: groups[0].hosts[0].service_address: \"node-1\" is no IPv4 address"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Network, Mistakes,
    testing::Values(
        Case{"Netmask", network("netmask: 255.0.255.0"),
             "c.yaml:8:14: groups[0].npu_network.netmask: \"255.0.255.0\" is no netmask"},
        Case{"Gateway", network("gateway: 10.xx.xx.1"),
             "c.yaml:8:14: groups[0].npu_network.gateway: \"10.xx.xx.1\" is no IPv4 address"},
        Case{"Netdetect", network("netdetect: switch"),
             "c.yaml:8:16: groups[0].npu_network.netdetect: \"switch\" is no IPv4 address; write "
             "one "
             "such as 10.20.0.1, or the word gateway"},
        Case{"NetdetectWithoutGateway", network("netdetect: gateway"),
             "c.yaml:8:5: groups[0].npu_network.netdetect: there is no gateway to detect"},
        Case{"ListAndRule",
             network("addresses: {a1: [10.0.0.1, 10.0.0.2], a2: [10.0.0.3, 10.0.0.4]}\n"
                     "    rule: {first: 10.0.0.1, host_step: 2}"),
             "c.yaml:9:11: groups[0].npu_network.rule: there are 'addresses' as well"},
        Case{"HostWithout", network("addresses: {a1: [10.0.0.1, 10.0.0.2]}"),
             "c.yaml:8:16: groups[0].npu_network.addresses: there are no addresses for a2; write "
             "them"},
        Case{"UnknownHost",
             network("addresses: {a1: [10.0.0.1, 10.0.0.2], a2: [10.0.0.3, 10.0.0.4], b3: []}"),
             "c.yaml:8:69: groups[0].npu_network.addresses.b3: unknown key; there are: a1, a2"},
        Case{"TooFew", network("addresses: {a1: [10.0.0.1], a2: [10.0.0.3, 10.0.0.4]}"),
             "c.yaml:8:21: groups[0].npu_network.addresses.a1: there are 1 addresses, but a1 has 2 "
             "NPUs"},
        Case{"Multicast",
             network("addresses: {a1: [10.0.0.1, 224.0.0.2], a2: [10.0.0.3, 10.0.0.4]}"),
             "c.yaml:8:32: groups[0].npu_network.addresses.a1[1]: \"224.0.0.2\" cannot be the"},
        Case{"Twice", network("addresses: {a1: [10.0.0.1, 10.0.0.2], a2: [10.0.0.2, 10.0.0.4]}"),
             "c.yaml:8:48: groups[0].npu_network.addresses.a2[0]: 10.0.0.2 belongs to NPU 1 of a1"},
        Case{"OtherNetwork",
             network("netmask: 255.255.255.0\n    gateway: 10.0.1.1\n    addresses: "
                     "{a1: [10.0.0.1, 10.0.0.2], a2: [10.0.0.3, 10.0.0.4]}"),
             "c.yaml:10:22: groups[0].npu_network.addresses.a1[0]: 10.0.0.1 and the gateway "
             "10.0.1.1 "
             "are in different networks"},
        Case{"Broadcast",
             network("netmask: 255.255.255.0\n    rule: {first: 10.0.0.253, host_step: 2}"),
             "c.yaml:9:11: groups[0].npu_network.rule: 10.0.0.255 is the network itself or its"},
        Case{"GatewayTaken",
             network("netmask: 255.255.255.0\n    gateway: 10.0.0.2\n    rule: {first: "
                     "10.0.0.1, host_step: 2}"),
             "c.yaml:10:11: groups[0].npu_network.rule: 10.0.0.2 is the gateway"},
        Case{"RuleWithoutStep", network("rule: {first: 10.0.0.1}"),
             "c.yaml:8:11: groups[0].npu_network.rule.host_step: the key is missing"},
        Case{"RuleOverlaps", network("rule: {first: 10.0.0.1, host_step: 1}"),
             "c.yaml:8:11: groups[0].npu_network.rule: 10.0.0.2 belongs to NPU 1 of a1 already"},
        Case{"RuleLeavesTheEarth", network("rule: {first: 223.255.255.250, host_step: 16777216}"),
             "c.yaml:8:11: groups[0].npu_network.rule: the rule gives NPU 0 of a2 no usable "
             "address"}),
    name_of_case);

// `endpoint` of a group; it stands in line 4, its keys begin in column 40.
std::string endpoint(const std::string& keys) {
  return kHead + "groups: [{name: g, hosts: [a], endpoint: {" + keys + "}}]\n";
}

INSTANTIATE_TEST_SUITE_P(
    Endpoint, Mistakes,
    testing::Values(
        Case{"From", endpoint("from: slave"), "c.yaml:4:49: groups[0].endpoint.from: "},
        Case{"UnknownKey", endpoint("tokenfile: x"), "c.yaml:4:43: groups[0].endpoint.tokenfile"},
        Case{"TokenTwice", endpoint("token_file: /t, token_env: T"),
             "c.yaml:4:70: groups[0].endpoint.token_env: there is a token_file already"},
        Case{"KeyAlone", endpoint("key: k.pem"),
             "c.yaml:4:48: groups[0].endpoint.key: a key alone proves nothing"},
        Case{"CaWithoutTls", endpoint("scheme: http, ca: c.pem"),
             "c.yaml:4:61: groups[0].endpoint.ca: ca is for https"},
        Case{"PathOnTheHost", endpoint("from: host, ca: c.pem"),
             "c.yaml:4:59: groups[0].endpoint.ca: \"c.pem\" is not absolute"},
        Case{"ProxyPassword", endpoint("proxy: \"http://u:p@h\""),
             "c.yaml:4:50: groups[0].endpoint.proxy: a proxy with a password"},
        Case{"Variable", endpoint("token_env: A-B"),
             "c.yaml:4:54: groups[0].endpoint.token_env: \"A-B\" is no name of a variable"}),
    name_of_case);

}  // namespace
}  // namespace touchstone::config_test
