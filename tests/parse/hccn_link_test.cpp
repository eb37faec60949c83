#include "harness/parse/hccn_link.h"

#include "tests/parse/expect.h"

namespace touchstone {
namespace {

TEST(HccnLink, StateIsInTheText) {
  EXPECT_TRUE(taken(parse_hccn_link("link status: UP\n", "")).up);
  EXPECT_FALSE(taken(parse_hccn_link("link status: DOWN\n", "")).up);
  // Windows line ends and a byte order mark come with pastes.
  EXPECT_TRUE(taken(parse_hccn_link("\xEF\xBB\xBFlink status: UP\r\n", "")).up);
  // The driver's library logs to stdout within containers.
  EXPECT_TRUE(
      taken(parse_hccn_link("DrvMngGetConsoleLogLevel failed. (g_conLogLevel=3)\nlink status: UP\n",
                            ""))
          .up);
  // A locale that is missing is no reason to doubt the answer.
  EXPECT_TRUE(taken(parse_hccn_link("link status: UP\n", "bash: warning: setlocale: LC_ALL\n")).up);
}

TEST(HccnLink, RefusesWhatIsNoState) {
  static constexpr Refused kTable[] = {
      {"", Kind::kEmpty, "printed nothing"},
      {" \n\n", Kind::kEmpty, "printed nothing"},
      {"link status: up\n", Kind::kMalformed, "link status: UP"},
      {"link status: UPPER\n", Kind::kMalformed, "link status: UP"},
      {"vnic link status: UP\n", Kind::kMalformed, "vnic"},  // the same words within another answer
      {"link status: UP\nlink status: DOWN\n", Kind::kSeveral, "2 devices"},
      {"link status: UP\n...\nlink status: UP\n", Kind::kElided, "line 2"},
      {"link status: UP\nall fine\n", Kind::kMalformed, "line 2"},
      {"hccn_tool is busy, please try again.\n", Kind::kErrorText, "ask again"},
      {"The command is not supported on this product.\n", Kind::kUnsupported, "this product"},
      {"Get invalid device id.\n", Kind::kErrorText, "no NPU has this id"},
      {"bash: hccn_tool: command not found\n", Kind::kErrorText, "PATH"},
      {"+-----+------+\n| port | UP |\n", Kind::kUnsupported, "A5"},
      {"\x1b[32mlink status: UP\x1b[0m\n", Kind::kMalformed, "colours"},
      {std::string_view("link status: UP\0\n", 17), Kind::kMalformed, "0x00"},
  };
  expect_all_refused(parse_hccn_link, kTable);
}

TEST(HccnLink, RefusesMessagesOnStderr) {
  expect_refused(parse_hccn_link("", "Command execute failed!\n"), Kind::kErrorText, "exit 1");
  expect_refused(parse_hccn_link("link status: UP\n", "Command execute failed!\n"),
                 Kind::kErrorText, "driver gave no answer");
  expect_refused(parse_hccn_link("", "something nobody has seen\n"), Kind::kErrorText,
                 "something nobody has seen");
}

TEST(HccnLink, RefusesWhatIsTooLarge) {
  expect_refused(parse_hccn_link(std::string(5 << 20, 'x'), ""), Kind::kMalformed, "bytes");
  // One line of a megabyte: the reason must stay readable.
  const auto parsed = parse_hccn_link(std::string(1 << 20, 'x'), "");
  expect_refused(parsed, Kind::kMalformed, "[cut]");
  EXPECT_LT(parsed.refusal().reason.en.size(), 400u);
}

TEST(HccnNetHealth, KnowsTheToolsTable) {
  using Status = HccnNetHealth::Status;
  const std::pair<std::string_view, Status> kTable[] = {
      {"Success", Status::kSuccess},
      {"Socket fail", Status::kSocketFail},
      {"Socket failed", Status::kSocketFail},  // the spelling of older tools
      {"Receive timeout", Status::kReceiveTimeout},
      {"Unreachable", Status::kUnreachable},
      {"Time exceeded", Status::kTimeExceeded},
      {"Fault", Status::kFault},
      {"Init", Status::kInit},
      {"Thread error", Status::kThreadError},
      {"Detect ip set", Status::kDetectIpSet},
      {"Unknown", Status::kUnknown},
  };
  for (const auto& [text, status] : kTable) {
    SCOPED_TRACE(text);
    const auto health =
        taken(parse_hccn_net_health("net health status: " + std::string(text) + "\n", ""));
    EXPECT_EQ(health.status, status);
    EXPECT_EQ(health.text, text);
  }
  EXPECT_EQ(name_of(Status::kDetectIpSet), "detect-ip-set");
  static constexpr Refused kRefused[] = {
      {"net health status: Successful\n", Kind::kMalformed, "Success"},
      {"net health status:\n", Kind::kMalformed, "Init"},
      {"net health status: Init\nnet health status: Init\n", Kind::kSeveral, "2 devices"},
  };
  expect_all_refused(parse_hccn_net_health, kRefused);
}

constexpr std::string_view kFlapped =
    "[devid 5]current time        : Mon Mar  3 08:00:10 2025\n"
    "[devid 5]link up count       : 2\n"
    "[devid 5]link down count     : 1\n"
    "[devid 5]link change records :\n"
    "[devid 5]    Mon Mar  3 07:59:00 2025    LINK UP\n"
    "[devid 5]    Mon Mar  3 07:58:59 2025    LINK DOWN\n"
    "[devid 5]    Sat Mar  1 00:00:01 2025    LINK UP\n";

TEST(HccnLinkStat, CountsAndRecords) {
  const auto stat = taken(parse_hccn_link_stat(kFlapped, ""));
  EXPECT_EQ(stat.device, 5);
  EXPECT_EQ(stat.current_time, "Mon Mar  3 08:00:10 2025");
  EXPECT_EQ(stat.current, 1740988810);
  EXPECT_EQ(stat.up_count, 2);
  EXPECT_EQ(stat.down_count, 1);
  ASSERT_EQ(stat.records.size(), 3u);
  EXPECT_EQ(stat.records[0], (HccnLinkStat::Record{.time = 1740988740, .up = true}));
  EXPECT_FALSE(stat.records[1].up);
}

TEST(HccnLinkStat, OlderAndQuietForms) {
  // "[device 0]", no down count, no records yet
  const auto stat =
      taken(parse_hccn_link_stat("[device 0]current time        : Thu Jan  1 00:00:09 1970\n"
                                 "[device 0]link up count       : 0\n"
                                 "[device 0]link change records : NA\n",
                                 ""));
  EXPECT_EQ(stat.current, 9);
  EXPECT_EQ(stat.down_count, std::nullopt);
  EXPECT_TRUE(stat.records.empty());
}

TEST(HccnLinkStat, Refuses) {
  static constexpr Refused kTable[] = {
      {"current time : Mon Mar  3 08:00:10 2025\nlink up count : 2\n", Kind::kUnsupported, "A5"},
      {"[devid 5]current time : Mon Mar  3 08:00:10 2025\n[devid 5]link up count : 2\n",
       Kind::kMalformed, "cut off"},
      {"[devid 5]current time : Mon Mar  3 08:00:10 2025\n[devid 6]link up count : 2\n",
       Kind::kMalformed, "same device"},
      {"[devid 5]current time : x\n[devid 5]link up count : 99999999999999999999\n",
       Kind::kMalformed, "count"},
      // No records are NA; nothing at all is an answer that was cut.
      {"[devid 5]current time : x\n[devid 5]link up count : 2\n[devid 5]link down count : 2\n"
       "[devid 5]link change records :\n",
       Kind::kMalformed, "no record follows"},
      {"[devid 5]current time : x\n[devid 5]link up count : 1\n[devid 5]link change records : NA\n"
       "[devid 5]    Mon Mar  3 07:59:00 2025    LINK UP\n",
       Kind::kMalformed, "line 4"},
      // 31 February
      {"[devid 5]current time : x\n[devid 5]link up count : 1\n[devid 5]link change records :\n"
       "[devid 5]    Mon Feb 31 07:59:00 2025    LINK UP\n",
       Kind::kMalformed, "record"},
      {"[devid 5]current time : x\n[devid 5]link up count : 1\n[devid 5]link change records :\n"
       "[devid 5]    Mon Mar  3 07:59:00 2025    LINK\n",
       Kind::kMalformed, "record"},
  };
  expect_all_refused(parse_hccn_link_stat, kTable);
}

TEST(HccnSpeed, Reads) {
  EXPECT_EQ(taken(parse_hccn_speed("Speed: 200000 Mb/s\n", "")).mbps, 200000);
  static constexpr Refused kTable[] = {
      {"Speed: Unknown!\n", Kind::kNotSet, "Unknown"},
      {"Speed: 0 Mb/s\n", Kind::kMalformed, "Mb/s"},
      {"Speed: 200000\n", Kind::kMalformed, "Mb/s"},
      {"Speed: 99999999999999999999 Mb/s\n", Kind::kMalformed, "Mb/s"},
  };
  expect_all_refused(parse_hccn_speed, kTable);
}

TEST(HccnMtu, Reads) {
  EXPECT_EQ(taken(parse_hccn_mtu("mtu:4200\n", "")).mtu, 4200);
  static constexpr Refused kTable[] = {{"mtu:0\n", Kind::kMalformed, "68"},
                                       {"mtu:-1\n", Kind::kMalformed, "mtu:N"},
                                       {"mtu:1500\nmtu:1500\n", Kind::kSeveral, "2"}};
  expect_all_refused(parse_hccn_mtu, kTable);
}

TEST(HccnFec, Reads) {
  EXPECT_EQ(taken(parse_hccn_fec("fec mode: rs FEC mode\n", "")).mode, "rs");
  EXPECT_EQ(taken(parse_hccn_fec("fec mode: auto FEC mode\n", "")).mode, "auto");
  expect_refused(parse_hccn_fec("fec mode: rs\n", ""), Kind::kMalformed, "FEC mode");
}

TEST(HccnProcess, Reads) {
  EXPECT_TRUE(taken(parse_hccn_process("device hccp process: exist\n", "")).exists);
  EXPECT_FALSE(taken(parse_hccn_process("device hccp process: not exist\n", "")).exists);
  expect_refused(parse_hccn_process("device hccp process: exists\n", ""), Kind::kMalformed,
                 "exist");
}

TEST(HccnStat, Counters) {
  const auto stat = taken(parse_hccn_stat(
      "packet statistics:\nmac_tx_total_pkt_num:18446744073709551615\nroce_rx_err_pkt_num:0\n",
      ""));
  EXPECT_EQ(stat.counters.at("mac_tx_total_pkt_num"), 18446744073709551615u);
  EXPECT_EQ(stat.counters.size(), 2u);
  static constexpr Refused kTable[] = {
      {"packet statistics:\n", Kind::kMalformed, "no counter"},
      {"packet statistics:\na:1\n...\nb:2\n", Kind::kElided, "line 3"},
      {"packet statistics:\na:-1\n", Kind::kMalformed, "counter:number"},
      {"packet statistics:\na:18446744073709551616\n", Kind::kMalformed, "counter:number"},
      {"packet statistics:\na:1\na:2\n", Kind::kMalformed, "once"},
  };
  expect_all_refused(parse_hccn_stat, kTable);
}

TEST(HccnStatus, Ethtool) {
  const auto status = taken(parse_hccn_status(
      "Netdev status:Settings for eth2:\n\tSupported link modes:   1000baseKX/Full\n"
      "\t                        200000baseKR4/Full\n\tSpeed: 200000Mb/s\n\tLink detected: yes\n",
      ""));
  EXPECT_EQ(status.iface, "eth2");
  EXPECT_EQ(status.speed_mbps, 200000);
  EXPECT_EQ(status.link_detected, true);
  EXPECT_EQ(status.fields.at("Supported link modes"), "1000baseKX/Full 200000baseKR4/Full");
  EXPECT_EQ(taken(parse_hccn_status("Netdev status:Settings for eth2:\n\tSpeed: Unknown!\n", ""))
                .speed_mbps,
            std::nullopt);
  static constexpr Refused kTable[] = {
      {"Netdev status:Settings for eth2:\n\tSpeed: fast\n", Kind::kMalformed, "Mb/s"},
      {"Netdev status:Settings for eth2:\n\tDuplex: Full\n", Kind::kMalformed, "Speed"},
      {"Netdev status:\n", Kind::kMalformed, "Settings for"},
  };
  expect_all_refused(parse_hccn_status, kTable);
}

}  // namespace
}  // namespace touchstone
