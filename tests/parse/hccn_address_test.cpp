#include "harness/parse/hccn_address.h"

#include "harness/parse/hccn_ping.h"
#include "harness/parse/ipv4.h"
#include "tests/parse/expect.h"

namespace touchstone {
namespace {

TEST(Ipv4, OnlyPlainDottedAddresses) {
  EXPECT_EQ(ipv4_of("10.1.2.3"), 0x0a010203u);
  EXPECT_EQ(ipv4_of("255.255.255.255"), 0xffffffffu);
  for (const char* text : {"", "10.1.2", "10.1.2.3.4", "10.1.2.256", "10.1.2.03", "10.1.2.3 ",
                           "10.1.2.-3", "-.-.-.-", "10..2.3", "0x0a.1.2.3", "10.1.2.1000"})
    EXPECT_EQ(ipv4_of(text), std::nullopt) << text;
}

TEST(Ipv4, NetmasksHaveNoHoles) {
  EXPECT_EQ(prefix_length_of("255.255.0.0"), 16);
  EXPECT_EQ(prefix_length_of("255.255.255.255"), 32);
  EXPECT_EQ(prefix_length_of("128.0.0.0"), 1);
  EXPECT_EQ(prefix_length_of("0.0.0.0"), std::nullopt);
  EXPECT_EQ(prefix_length_of("255.0.255.0"), std::nullopt);
  EXPECT_EQ(prefix_length_of("0.255.255.255"), std::nullopt);
  EXPECT_TRUE(same_subnet("10.1.2.3", "10.1.200.1", "255.255.0.0"));
  EXPECT_FALSE(same_subnet("10.1.2.3", "10.2.2.3", "255.255.0.0"));
  EXPECT_FALSE(same_subnet("10.1.2.3", "10.1.2.3", "255.0.255.0"));
}

TEST(Ipv4, MaskedByDocuments) {
  for (const char* text : {"10.xx.xx.10", "10.1.2.*", "x.x.x.x", "10.***.***.1", "10.2x.1.1"})
    EXPECT_TRUE(is_masked_address(text)) << text;
  for (const char* text : {"10.1.2.3", "-.-.-.-", "example.xx.com.x", ""})
    EXPECT_FALSE(is_masked_address(text)) << text;
}

TEST(HccnIp, AddressAndNetmask) {
  EXPECT_EQ(taken(parse_hccn_ip("ipaddr:10.20.3.4\nnetmask:255.255.128.0\n", "")),
            (HccnIp{.address = "10.20.3.4", .netmask = "255.255.128.0"}));
}

TEST(HccnIp, Refuses) {
  static constexpr Refused kTable[] = {
      {"", Kind::kEmpty, "nothing"},
      {"Get ipconf failed, because no ip was preset there!\n", Kind::kNotSet, "exit 13"},
      {"Get ip failed, because no ip was preset there!\n", Kind::kNotSet, "exit 13"},  // A5's words
      {"ipaddr:10.xx.xx.10\nnetmask:255.255.255.0\n", Kind::kMasked, "masked"},
      {"ipaddr:10.1.1.10\nnetmask:255.xx.255.0\n", Kind::kMasked, "masked"},
      {"ipaddr:10.1.1.10\n", Kind::kMalformed, "ends after line 1"},
      {"ipaddr:10.1.1.10\nnetmask:255.0.255.0\n", Kind::kMalformed, "holes"},
      {"ipaddr:10.1.1.300\nnetmask:255.255.255.0\n", Kind::kMalformed, "IPv4"},
      {"ipaddr:-.-.-.-\nnetmask:255.255.255.0\n", Kind::kMalformed, "IPv4"},
      {"ipv6_address:fe80::1\nprefix_length:64\n", Kind::kUnsupported, "IPv6"},
      // A device with several ports repeats them.
      {"ipaddr:10.1.1.1\nnetmask:255.255.255.0\nipaddr:10.1.1.2\nnetmask:255.255.255.0\n",
       Kind::kSeveral, "2 devices"},
  };
  expect_all_refused(parse_hccn_ip, kTable);
  expect_refused(parse_hccn_ip("", "Get ipconf failed, because no ip was preset there!\n"),
                 Kind::kNotSet, "exit 13");
}

TEST(HccnGateway, Reads) {
  EXPECT_EQ(taken(parse_hccn_gateway("default gateway:10.20.0.1, Iface:eth6\n", "")),
            (HccnGateway{.gateway = "10.20.0.1", .iface = "eth6"}));
  static constexpr Refused kTable[] = {
      {"Get gateway failed, because no gateway was preset there!\n", Kind::kNotSet, "exit 2"},
      {"default gateway:10.20.x.1, Iface:eth6\n", Kind::kMasked, "masked"},
      {"default gateway:10.20.0.1\n", Kind::kMalformed, "Iface"},
      {"default gateway:, Iface:eth0\n", Kind::kMalformed, "IPv4"},
      {"default gateway:10.20.0.1, Iface:eth0 eth1\n", Kind::kMalformed, "Iface"},
  };
  expect_all_refused(parse_hccn_gateway, kTable);
}

TEST(HccnNetdetect, BothSpellings) {
  EXPECT_EQ(taken(parse_hccn_netdetect("netdetect address: 10.20.0.1\n", "")).address, "10.20.0.1");
  EXPECT_EQ(taken(parse_hccn_netdetect("netdetect addr: 10.20.0.1\n", "")).address, "10.20.0.1");
  // "not configured", which is an answer
  EXPECT_EQ(taken(parse_hccn_netdetect("netdetect address: 0.0.0.0\n", "")).address, std::nullopt);
  static constexpr Refused kTable[] = {
      {"netdetect address:\n", Kind::kMalformed, "IPv4"},
      {"netdetect addresses: 10.20.0.1\n", Kind::kMalformed, "netdetect address"},
      {"netdetect address: 10.20.0.1\n...\nnetdetect address: 10.20.0.1\n", Kind::kElided,
       "line 2"},
      {"netdetect address: 10.20.0.*\n", Kind::kMasked, "masked"},
  };
  expect_all_refused(parse_hccn_netdetect, kTable);
}

TEST(HccnVnic, Reads) {
  const auto vnic = taken(parse_hccn_vnic(
      "vnic link status: DOWN\nvnic ipaddr: 192.168.2.7\nvnic netmask: 255.255.255.0\n", ""));
  EXPECT_EQ(vnic, (HccnVnic{.up = false, .address = "192.168.2.7", .netmask = "255.255.255.0"}));
  static constexpr Refused kTable[] = {
      {"vnic link status: UP\nvnic ipaddr: 192.168.2.7\n", Kind::kMalformed, "ends after"},
      {"vnic link status: SIDEWAYS\nvnic ipaddr: 1.2.3.4\nvnic netmask: 255.0.0.0\n",
       Kind::kMalformed, "UP"},
  };
  expect_all_refused(parse_hccn_vnic, kTable);
}

TEST(HccnRoute, Reads) {
  const auto route = taken(parse_hccn_route(
      "Routing table:\n"
      "Destination     Gateway         Genmask         Flags Metric Ref    Use Iface\n"
      "default         10.20.0.1       0.0.0.0         UG    0      0        0 eth2\n"
      "10.20.0.0       *               255.255.0.0     U     0      0        0 eth2\n",
      ""));
  ASSERT_EQ(route.entries.size(), 2u);
  EXPECT_EQ(route.entries[0].gateway, "10.20.0.1");
  EXPECT_EQ(route.entries[1].iface, "eth2");
  static constexpr Refused kTable[] = {
      {"Routing table:\ndefault 10.20.0.1\n", Kind::kMalformed, "eight columns"},
      {"Routing table:\nhere 10.20.0.1 0.0.0.0 UG 0 0 0 eth2\n", Kind::kMalformed, "IPv4"},
  };
  expect_all_refused(parse_hccn_route, kTable);
}

constexpr std::string_view kLossy =
    "device 4 PING 10.20.0.9\n"
    "recv seq=0,time=1.250000ms\n"
    "recv time out seq=1\n"
    "recv seq=2,time=0.050000ms\n"
    "3 packets transmitted, 2 received, 33.33% packet loss\n";

TEST(HccnPing, LossIsAValue) {
  // The tool exits 1 and says so on stderr; the report is complete.
  for (const auto& ping :
       {taken(parse_hccn_ping(kLossy, "Command execute failed!\n")),
        taken(parse_hccn_ping(std::string(kLossy) + "Command execute failed!\n", ""))}) {
    EXPECT_EQ(ping.device, 4);
    EXPECT_EQ(ping.target, "10.20.0.9");
    EXPECT_EQ(ping.transmitted, 3);
    EXPECT_EQ(ping.received, 2);
    EXPECT_DOUBLE_EQ(ping.loss_percent, 33.33);
    EXPECT_EQ(ping.times_ms, (std::vector{1.25, 0.05}));
    EXPECT_EQ(ping.failures, std::vector<std::string>{"recv time out seq=1"});
  }
}

TEST(HccnPing, Refuses) {
  static constexpr Refused kTable[] = {
      {"Command execute failed!\n", Kind::kErrorText, "no report"},
      {"device 4 PING 10.20.0.9\nrecv seq=0,time=1.250000ms\n", Kind::kMalformed, "summary"},
      {"device 4 PING 10.20.x.9\n", Kind::kMasked, "masked"},
      {"device 4 PING 10.20.0.9\nrecv seq:0,time:0.1ms\n", Kind::kUnsupported, "A5"},
      {"device 4 PING 10.20.0.9\nrecv seq=0,time=fast\n", Kind::kMalformed, "time=Tms"},
      {"device 4 PING 10.20.0.9\n3 packets transmitted, 4 received, 0.00% packet loss\n",
       Kind::kMalformed, "received"},
      {"device 4 PING 10.20.0.9\n3 packets transmitted, 3 received, nan% packet loss\n",
       Kind::kMalformed, "packet loss"},
      {"device 4 PING 10.20.0.9\n3 packets transmitted, 3 received, 0.00% packet loss\n"
       "device 5 PING 10.20.0.9\n3 packets transmitted, 3 received, 0.00% packet loss\n",
       Kind::kSeveral, "2 devices"},
      // Summaries that are not of the packets above them.
      {"device 4 PING 10.20.0.9\nrecv time out seq=0\nrecv time out seq=1\nrecv time out seq=2\n"
       "3 packets transmitted, 3 received, 0.00% packet loss\n",
       Kind::kMalformed, "list 0 answers and 3 failures"},
      {"device 4 PING 10.20.0.9\nrecv seq=0,time=0.1ms\n"
       "3 packets transmitted, 3 received, 0.00% packet loss\n",
       Kind::kMalformed, "3 of 3 received"},
      {"device 4 PING 10.20.0.9\nrecv seq=0,time=0.1ms\nrecv seq=1,time=0.1ms\n"
       "recv seq=2,time=0.1ms\n3 packets transmitted, 3 received, 66.00% packet loss\n",
       Kind::kMalformed, "66% lost"},
      {"device 4 PING 10.20.0.9\nrecv seq=0,time=0.1ms\nrecv time out seq=1\n"
       "recv time out seq=2\n3 packets transmitted, 1 received, 33.33% packet loss\n",
       Kind::kMalformed, "33.33% lost"},
      // hccs_ping of A3 words its summary otherwise
      {"device 4 PING 10.20.0.9\n3 packets transmitted, 3 received, 0.00% packets loss\n",
       Kind::kMalformed, "packet loss"},
  };
  expect_all_refused(parse_hccn_ping, kTable);
  expect_refused(parse_hccn_ping("", "Command execute failed!\n"), Kind::kErrorText, "exit 1");
}

}  // namespace
}  // namespace touchstone
