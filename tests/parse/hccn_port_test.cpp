// What hccn_tool tells of the cable's ends: neighbour, TLS, optics.
#include "harness/parse/hccn_lldp.h"
#include "harness/parse/hccn_optical.h"
#include "harness/parse/hccn_tls.h"
#include "tests/parse/expect.h"

namespace touchstone {
namespace {

constexpr std::string_view kSwitch =
    "Chassis ID TLV\n\tMAC: 00:25:9e:aa:00:01\n"
    "Port ID TLV\n\tIfname: 400GE1/2/7:2\n"
    "Time to Live TLV\n\t120\n"
    "System Name TLV\n\tleaf-03\n"
    "System Description TLV\n\tVersatile Routing Platform\nVRP (R) software\n\nModel X\n\n"
    "System Capabilities TLV\n\tSystem capabilities: Bridge, Router\n"
    "\tEnabled capabilities: Bridge, Router\n"
    "End of LLDPDU TLV\n";

TEST(HccnLldp, Switch) {
  const auto lldp = taken(parse_hccn_lldp(kSwitch, ""));
  EXPECT_TRUE(lldp.neighbour);
  EXPECT_EQ(lldp.ifname, "400GE1/2/7:2");  // split at the first colon only
  EXPECT_EQ(lldp.port_id, "400GE1/2/7:2");
  EXPECT_EQ(lldp.port_subtype, "Ifname");
  EXPECT_EQ(lldp.chassis, "MAC: 00:25:9e:aa:00:01");
  EXPECT_EQ(lldp.system_name, "leaf-03");
  EXPECT_EQ(lldp.system_description, "Versatile Routing Platform\nVRP (R) software\n\nModel X");
  EXPECT_TRUE(lldp.is_switch);
  EXPECT_FALSE(lldp.direct_fibre);
}

TEST(HccnLldp, DirectFibreHasAPortOfMacSubtype) {
  const auto lldp = taken(parse_hccn_lldp(
      "Chassis ID TLV\n\tMAC: 00:11:22:33:44:55\nPort ID TLV\n\tMAC: 00:11:22:33:44:56\n"
      "System Description TLV\n\tAscendNPU\nEnd of LLDPDU TLV\n",
      ""));
  EXPECT_EQ(lldp.ifname, std::nullopt);
  EXPECT_EQ(lldp.port_subtype, "MAC");
  EXPECT_EQ(lldp.port_id, "00:11:22:33:44:56");
  EXPECT_TRUE(lldp.direct_fibre);
  EXPECT_FALSE(lldp.is_switch);
}

TEST(HccnLldp, AnEmptyNameIsNoName) {
  for (const char* described : {"AscendNPU", "Versatile Routing Platform"}) {
    const auto lldp = taken(parse_hccn_lldp(
        std::string("Chassis ID TLV\n\tMAC: 00:11:22:33:44:55\nPort ID TLV\n\tIfname: \n"
                    "System Description TLV\n\t") +
            described + "\nEnd of LLDPDU TLV\n",
        ""));
    EXPECT_TRUE(lldp.neighbour);
    EXPECT_EQ(lldp.ifname, std::nullopt);
    EXPECT_EQ(lldp.port_subtype, "Ifname");
    EXPECT_EQ(lldp.port_id, "");
    EXPECT_EQ(lldp.direct_fibre, described[0] == 'A');
  }
}

TEST(HccnLldp, ChassisMayBeAnIfnameToo) {
  const auto lldp = taken(parse_hccn_lldp(
      "Chassis ID TLV\n\tIfname: vlan1\nPort ID TLV\n\tIfname: xe-0/0/1\nEnd of LLDPDU TLV\n", ""));
  EXPECT_EQ(lldp.chassis, "Ifname: vlan1");
  EXPECT_EQ(lldp.ifname, "xe-0/0/1");
}

TEST(HccnLldp, GreppedLinesKeepTheirTab) {
  EXPECT_EQ(taken(parse_hccn_lldp("\tIfname: 400GE1/2/7:2\n", "")).ifname, "400GE1/2/7:2");
  const auto each = taken(parse_hccn_lldp_each("\tIfname: A:1\n\tIfname: A:2\n", ""));
  ASSERT_EQ(each.size(), 2u);
  EXPECT_EQ(each[1].value.ifname, "A:2");
  EXPECT_EQ(each[1].device, std::nullopt);
}

TEST(HccnLldp, Refuses) {
  static constexpr Refused kTable[] = {
      {"", Kind::kEmpty, "nothing"},  // no neighbour
      {"Chassis ID TLV\n\tMAC: 00:11:22:33:44:55\nEnd of LLDPDU TLV\n", Kind::kMalformed,
       "Port ID"},
      {"Chassis ID TLV\n\tMAC: 00:11:22:33:44:55\nPort ID TLV\n\tIfname: x\n", Kind::kMalformed,
       "cut off"},
      {"Chassis ID TLV\nPort ID TLV\n\tIfname: x\nEnd of LLDPDU TLV\n", Kind::kMalformed,
       "a value"},
      {"Chassis ID TLV\n\tMAC: 1\nPort ID TLV\n\tMAC:\nEnd of LLDPDU TLV\n", Kind::kMalformed,
       "subtype"},
      // What grep left does not tell whether there is a switch.
      {"\tIfname: \n", Kind::kMalformed, "subtype"},
      {"\tIfname: A:1\n\tIfname: A:2\n", Kind::kSeveral, "2 devices"},
      {"Chassis ID TLV\n\tMAC: 1\n...\nPort ID TLV\n\tIfname: x\nEnd of LLDPDU TLV\n",
       Kind::kElided, "line 3"},
  };
  expect_all_refused(parse_hccn_lldp, kTable);
}

constexpr std::string_view kOn =
    "dev_id:2, tls switch[1](0:disable, 1:enable), tls preconfigured[0](0:non-preset, 1:preset), "
    "tls alarm time threshold[30]days\n"
    "dev_id:2, [pub cert] info:\n"
    "\t subject[/CN=npu[2]]\n"
    "\t issuer[/CN=ca]\n"
    "\t start_time[Sat Jan  4 03:10:27 2025 GMT]\n"
    "\t end_time[Sun Jan  4 03:10:27 2026 GMT]\n"
    "\t tls expiration status[1](0:normal, 1:near expiration, 2:has expired)\n"
    "dev_id:2, [crl] info:\n"
    "\t subject[]\n"
    "\t issuer[/CN=ca]\n"
    "\t start_time[Sat Jan  4 03:10:27 2025 GMT]\n"
    "\t end_time[Sun Jan  5 03:10:27 2025 GMT]\n";

TEST(HccnTls, SwitchIsNotItsLegend) {
  const auto off = taken(parse_hccn_tls(
      "dev_id:0, tls switch[0](0:disable, 1:enable), tls alarm time threshold[60]days\n", ""));
  EXPECT_FALSE(off.enabled);
  EXPECT_EQ(off.device, 0);
  EXPECT_EQ(off.preconfigured, std::nullopt);  // the older form
  EXPECT_EQ(off.alarm_days, 60);
}

TEST(HccnTls, Certificates) {
  const auto tls = taken(parse_hccn_tls(kOn, ""));
  EXPECT_TRUE(tls.enabled);
  EXPECT_EQ(tls.preconfigured, false);
  ASSERT_EQ(tls.certificates.size(), 2u);
  EXPECT_EQ(tls.certificates[0].subject, "/CN=npu[2]");
  EXPECT_EQ(tls.certificates[0].expiration, 1);
  EXPECT_EQ(tls.certificates[1].name, "crl");
  EXPECT_EQ(tls.certificates[1].expiration, std::nullopt);
  // The tool prints status 2 to stderr.
  const auto expired = taken(parse_hccn_tls(
      kOn, "\t tls expiration status[2](0:normal, 1:near expiration, 2:has expired)\n"));
  EXPECT_EQ(expired.certificates[0].expiration, 1);
  EXPECT_EQ(expired.certificates[1].expiration, 2);
}

TEST(HccnTls, Refuses) {
  static constexpr Refused kTable[] = {
      {"No certificate found, please set certs firstly!\n", Kind::kNoCertificates, "exit 14"},
      {"dev_id:0, tls switch[2](0:disable, 1:enable)\n", Kind::kMalformed, "tls switch[0]"},
      {"dev_id:0, tls switch[](0:disable, 1:enable)\n", Kind::kMalformed, "tls switch[0]"},
      {"dev_id:0, tls switch[0\n", Kind::kMalformed, "tls switch[0]"},
      {"tls switch[0](0:disable, 1:enable)\n", Kind::kMalformed, "answer"},
      // Cut, be it within the legend that tells what the digit means.
      {"dev_id:3, tls switch[0](0:dis\n", Kind::kMalformed, "cut off"},
      {"dev_id:3, tls switch[0](0:disable, 1:enable), tls alarm time threshold[6\n",
       Kind::kMalformed, "cut off"},
      {"dev_id:0, tls switch[0](0:disable), tls alarm time threshold[60]days\n"
       "dev_id:1, [ca1 cert] info:\n",
       Kind::kMalformed, "same device"},
      {"dev_id:0, tls switch[0](0:disable), tls alarm time threshold[60]days\nsubject[x]\n",
       Kind::kMalformed, "a certificate"},
      {"dev_id:0, tls switch[0](0:disable)\ndev_id:1, tls switch[0](0:disable)\n", Kind::kSeveral,
       "2 devices"},
      {"Cmd executed successfully!\n", Kind::kErrorText, "sets"},
  };
  expect_all_refused(parse_hccn_tls, kTable);
  expect_refused(parse_hccn_tls("", "No certificate found, please set certs firstly!\n"),
                 Kind::kNoCertificates, "exit 14");
}

// What is left when a line of kOn is missing: of whom a field is must be certain.
TEST(HccnTls, ACertificateThatLacksALineIsRefused) {
  const auto without = [](std::string_view line, std::size_t from) {
    std::string text(kOn);
    const std::size_t at = text.find(line, from);
    return text.erase(at, text.find('\n', at) + 1 - at);
  };
  const std::size_t crl = kOn.find("[crl]");
  const std::pair<std::string, std::string_view> kTable[] = {
      {without("dev_id:2, [crl] info", 0), "the head of the next one missing"},
      {without("\t issuer", 0), "[pub cert] lacks its issuer"},
      {without("\t start_time", 0), "[pub cert] lacks"},
      {without("\t end_time", 0), "[pub cert] lacks"},
      {without("\t issuer", crl), "[crl] lacks"},
      {std::string(kOn.substr(0, kOn.find("\t start_time", crl))), "[crl] lacks"},
      {std::string(kOn.substr(0, crl + 12)), "[crl] lacks"},
      {std::string(kOn) + "\t issuer[/CN=other]\n", "each field of a certificate once"},
      {without("dev_id:2, [crl] info", 0) + "\t tls expiration status[0](0:normal)\n", "once"},
  };
  for (const auto& [text, says] : kTable) {
    SCOPED_TRACE(text);
    expect_refused(parse_hccn_tls(text, ""), Kind::kMalformed, says);
  }
  // The last one of an excerpt may end before its end.
  const auto excerpt = taken(parse_hccn_tls(without("\t end_time", crl), ""));
  EXPECT_EQ(excerpt.certificates[1].end, "");
}

constexpr std::string_view kModule =
    "optical info:\n"
    "present              : present\n"
    "temperature          : 41 C\n"
    "vendor name          : ACME\n"
    "date code : 2024:01\n"
    "Vcc                  : 3300.10 mV\n"
    "Tx Power0            : 1.2000 mW\n"
    "Tx Power1            : NA\n"
    "Rx Power0            : 0.9000 mW\n"
    "RxPower Low Thres    : 0.1445 mW\n"
    "Tx Bias0             : 7.5000 mA\n"
    "Tx Los Flag          : NA\n"
    "Rx Los Flag          : 0x2\n"
    "Tx Bias1             : get failed\n"
    "Host SNR Lane0       : not supported\n"
    "Media SNR Lane0      : 23.5000 dB\n";

TEST(HccnOptical, LanesAndThresholds) {
  const auto optical = taken(parse_hccn_optical(kModule, ""));
  EXPECT_TRUE(optical.present);
  EXPECT_EQ(optical.temperature_c, 41);
  EXPECT_EQ(optical.vcc_mv, 3300.1);
  EXPECT_EQ(optical.tx_power_mw, (std::vector<std::optional<double>>{1.2, std::nullopt}));
  EXPECT_EQ(optical.rx_power_low_mw, 0.1445);
  EXPECT_EQ(optical.rx_los, 2u);
  EXPECT_EQ(optical.host_snr_db, std::vector<std::optional<double>>{std::nullopt});
  // A value that is not there is not one that could not be read.
  EXPECT_EQ(optical.absent,
            (std::vector<std::string>{"Tx Power1", "Tx Los Flag", "Host SNR Lane0"}));
  EXPECT_EQ(optical.unread, std::vector<std::string>{"Tx Bias1"});
  EXPECT_EQ(optical.media_snr_db, std::vector<std::optional<double>>{23.5});
  EXPECT_EQ(optical.fields.at("vendor name"), "ACME");
  EXPECT_EQ(optical.fields.at("date code"), "2024:01");  // a colon within the value
}

TEST(HccnOptical, CopperHasNone) {
  for (const auto& optical : {taken(parse_hccn_optical("Optical module is not present.\n", "")),
                              taken(parse_hccn_optical("", "Optical module is not present.\n"))}) {
    EXPECT_FALSE(optical.present);
    EXPECT_TRUE(optical.fields.empty());
  }
  // Older tools know one lane and do not number it.
  const auto old =
      taken(parse_hccn_optical("optical info:\npresent : not present\nTx Power : 1.0 mW\n", ""));
  EXPECT_FALSE(old.present);
  EXPECT_EQ(old.tx_power_mw, std::vector<std::optional<double>>{1.0});
}

TEST(HccnOptical, Refuses) {
  static constexpr Refused kTable[] = {
      {"The system is in optical module initializing, please try again later.\n", Kind::kErrorText,
       "ask again"},
      {"Control link unreachable.\n", Kind::kErrorText, "does not answer"},
      {"optical info:\ntemperature : 41 C\n", Kind::kMalformed, "present"},
      {"optical info:\npresent : present\nTx Power0 : 1.2 dBm\n", Kind::kMalformed, "mW"},
      {"optical info:\npresent : present\nTx Power0 : high\n", Kind::kMalformed, "mW"},
      {"optical info:\npresent : present\nTx Los Flag : on\n", Kind::kMalformed, "0x"},
      {"optical info:\npresent : present\npresent : present\n", Kind::kMalformed, "once"},
      {"optical info:\npresent : present\n...\n", Kind::kElided, "line 3"},
      {"optical info:\npresent : present\nTx Power0\n", Kind::kMalformed, "key: value"},
      // No tool says so little of a module that is there.
      {"optical info:\npresent : present\n", Kind::kMalformed, "no \"Tx Power\": cut off"},
      {"optical info:\npresent : present\nTx Power0 : 1.2 mW\nRx Power0 : 1.2 mW\n"
       "RxPower Low Thres : 0.1 mW\n",
       Kind::kMalformed, "no \"Tx Los Flag\": cut off"},
  };
  expect_all_refused(parse_hccn_optical, kTable);
  // A lane number that no module has must not make a vector of that length.
  const auto optical = taken(parse_hccn_optical(
      "optical info:\npresent : not present\nTx Power4000000000 : 1.0 mW\n", ""));
  EXPECT_TRUE(optical.tx_power_mw.empty());
}

}  // namespace
}  // namespace touchstone
