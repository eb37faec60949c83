// Steps of section 3.1 on hand-made answers of one port.
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/evaluate/judge.h"
#include "suites/chapters.h"
#include "suites/facts.h"
#include "suites/probes.h"
#include "suites/probes_container.h"
#include "suites/remedies.h"
#include "tests/e2e/sentences.h"

namespace touchstone {
namespace {

using testing::HasSubstr;

class PortJudged : public testing::Test {
 protected:
  PortJudged() {
    inventory_.groups.push_back({.name = "g"});
    Host host{.name = "h"};
    host.npus = 1;
    inventory_.groups[0].hosts.push_back(host);
    inventory_.profile.snr_db.min = 15;
    inventory_.profile.mtu = "same";
    visit_.state = Visit::State::kAnswered;
    answer(kSpeed) = "Speed: 200000 Mb/s\n";
    answer(kMtu) = "mtu:4200\n";
  }

  std::string& answer(const Question& question, const char* look = "") {
    return visit_.answers[{question.key + look, 0}].out;
  }

  Judgement judged(const char* id) const {
    const EvidenceBook book(inventory_, {visit_});
    const Chapter chapter = fabric();
    for (const Step& step : chapter.steps)
      if (step.id == id)
        return judge(step, {.group = "g", .host = "h", .npu = step.on == Scope::kNpu ? 0 : -1},
                     book);
    throw std::logic_error("no such step");
  }

  // `says`: words of the reason, or of the finding of a failure.
  void expect(const char* id, Verdict verdict, const char* says) const {
    const Judgement judgement = judged(id);
    EXPECT_EQ(judgement.verdict, verdict) << judgement.reason.en;
    std::string text = judgement.reason.en;
    for (const Finding& finding : judgement.findings)
      text += " | " + finding.expected.en + " / " + finding.actual.en;
    EXPECT_THAT(text, HasSubstr(says));
    if (!judgement.reason.en.empty()) expect_both_languages(judgement.reason);
  }

  Inventory inventory_;
  Visit visit_{.host = "h"};
};

struct NeighbourCase {
  const char* port;
  const char* description;
  Verdict verdict;
  const char* says;
};

TEST_F(PortJudged, OnlyDirectFibreMayLeaveThePortsNameEmpty) {
  const NeighbourCase kTable[] = {
      {"Ifname: 400GE1/1/5:1", "Versatile Routing Platform", Verdict::kPass, ""},
      {"Ifname: ", "AscendNPU", Verdict::kPass, ""},
      {"MAC: 00:11:22:33:44:56", "AscendNPU", Verdict::kPass, ""},
      {"Ifname: ", "Versatile Routing Platform", Verdict::kFail, "Ifname of the switch port"},
      // Neither of the two, as far as it says.
      {"Ifname: ", "something", Verdict::kFail, "port '' of subtype 'Ifname'"},
      {"Ifname", "AscendNPU", Verdict::kError, "subtype"},
  };
  for (const NeighbourCase& row : kTable) {
    SCOPED_TRACE(std::string(row.port) + " " + row.description);
    answer(kLldp) = std::string("Chassis ID TLV\n\tMAC: 00:11:22:33:44:55\nPort ID TLV\n\t") +
                    row.port + "\nSystem Description TLV\n\t" + row.description +
                    "\nEnd of LLDPDU TLV\n";
    expect("3.1.1", row.verdict, row.says);
  }
}

struct ConfCase {
  const char* text;
  const char* err;
  Verdict verdict;
  const char* says;
};

// The file is the host's own: what is wrong with it is a finding, unless nobody could look at it.
TEST_F(PortJudged, AWrongHccnConfIsAFailure) {
  answer(kIp) = "ipaddr:10.20.0.1\nnetmask:255.255.0.0\n";
  answer(kGateway) = "default gateway:10.20.0.254, Iface:eth0\n";
  answer(kNetdetect) = "netdetect address: 10.20.0.254\n";
  answer(kTls) = "dev_id:0, tls switch[0](0:disable, 1:enable), tls alarm time threshold[60]days\n";
  const std::string good =
      "address_0=10.20.0.1\nnetmask_0=255.255.0.0\ngateway_0=10.20.0.254\n"
      "netdetect_0=10.20.0.254\n";
  const std::string masked = "address_0=10.xx.0.1\n" + good;
  Answer& inside = visit_.answers[{kHccnConfInside.key, -1}];
  inside.out = good;
  const ConfCase kTable[] = {
      {good.c_str(), "", Verdict::kPass, ""},
      {"", "", Verdict::kFail, "an empty file"},
      {"# nothing\n", "", Verdict::kFail, "no line key_N=value"},
      {"", "cat: /etc/hccn.conf: No such file or directory\n", Verdict::kFail, "no such file"},
      {"", "cat: /etc/hccn.conf: Permission denied\n", Verdict::kError, "root"},
      {masked.c_str(), "", Verdict::kFail, "address_0=10.20.0.1 (in force) / address_0=10.xx.0.1"},
  };
  Answer& own = visit_.answers[{kHccnConf.key, -1}];
  for (const ConfCase& row : kTable) {
    SCOPED_TRACE(std::string(row.text) + row.err);
    own.out = row.text;
    own.err = row.err;
    own.exit_code = *row.err ? 1 : 0;
    expect("3.1.12", row.verdict, row.says);
  }
  // The remedy of an empty one writes all that is in force.
  own = {};
  const EvidenceBook book(inventory_, {visit_});
  ReadLog log;
  const auto changes = fix_hccn_conf(Evidence(book, {.group = "g", .host = "h"}, log));
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].commands.size(), 3U);  // address with netmask, gateway, netdetect
  own = {.out = good};
  inside.out = "";
  expect("3.1.12", Verdict::kFail, "it sees address_0=nothing (here 10.20.0.1)");
}

constexpr std::string_view kGoodModule =
    "optical info:\n"
    "present              : present\n"
    "temperature          : 41 C\n"
    "Tx Power0            : 1.2000 mW\n"
    "Tx Power1            : 1.2000 mW\n"
    "Rx Power0            : 0.9000 mW\n"
    "Rx Power1            : 0.9000 mW\n"
    "RxPower Low Thres    : 0.1445 mW\n"
    "Tx Los Flag          : 0x0\n"
    "Rx Los Flag          : 0x0\n"
    "Host SNR Lane0       : 22.0000 dB\n"
    "Media SNR Lane0      : 23.5000 dB\n";

std::string with(std::string_view key, std::string_view value) {
  std::string text(kGoodModule);
  const std::size_t at = text.find("\n" + std::string(key)) + 24;
  return text.replace(at, text.find('\n', at) - at, value);
}

struct OpticsCase {
  std::string module;
  Verdict verdict;
  const char* says;
};

TEST_F(PortJudged, AnOpticalValueThatCouldNotBeReadIsNoPass) {
  const std::string no_snr(kGoodModule.substr(0, kGoodModule.find("Host SNR")));
  const OpticsCase kTable[] = {
      {std::string(kGoodModule), Verdict::kPass, ""},
      {with("Rx Power0", "get failed"), Verdict::kError,
       "h/npu0: the tool could not read Rx Power0"},
      {with("Tx Power1", "get failed"), Verdict::kError, "could not read Tx Power1"},
      {with("Media SNR Lane0", "get failed"), Verdict::kError, "could not read Media SNR Lane0"},
      {with("Host SNR Lane0", "get failed"), Verdict::kError, "could not read Host SNR Lane0"},
      {with("Rx Los Flag", "get failed"), Verdict::kError, "could not read Rx Los Flag"},
      // Its limit is the only one there is.
      {with("RxPower Low Thres", "get failed"), Verdict::kError,
       "could not read RxPower Low Thres"},
      // Nothing is judged by it.
      {with("temperature", "get failed"), Verdict::kPass, ""},
      // A module that has no such value passes, and the verdict says what it does not speak of.
      {with("Rx Los Flag", "NA"), Verdict::kPass, "tells no Rx Los Flag, so that was not judged"},
      {with("Rx Power1", "not supported"), Verdict::kPass, "tells no Rx Power1"},
      {no_snr, Verdict::kPass, "tells no Media SNR Lane, Host SNR Lane"},
      {with("Rx Los Flag", "0x2"), Verdict::kFail, "Rx Los Flag 0x2"},
      {"Optical module is not present.\n", Verdict::kPass, ""},
      {"optical info:\npresent : present\n", Verdict::kError, "cut off"},
  };
  for (const OpticsCase& row : kTable) {
    SCOPED_TRACE(row.module);
    answer(kOptical) = row.module;
    expect("3.1.13", row.verdict, row.says);
  }
}

TEST_F(PortJudged, AWrongOpticalValueIsAFailureWhateverElseCouldNotBeRead) {
  std::string module = with("Rx Power0", "0.0054 mW");
  module.replace(module.find("23.5000 dB"), 10, "get failed");
  answer(kOptical) = module;
  expect("3.1.13", Verdict::kFail, "lane 0: 0.0054 mW");
}

TEST_F(PortJudged, WhereTheProfileHasLimitsTheModulesAreNotWanted) {
  inventory_.profile.rx_power_mw.min = 0.1;
  answer(kOptical) = with("RxPower Low Thres", "get failed");
  expect("3.1.13", Verdict::kPass, "");
}

struct FlapCase {
  const char* counts;
  const char* records;
  Verdict verdict;
  const char* says;
};

TEST_F(PortJudged, ADownThatIsNotOnRecordIsNoPass) {
  constexpr const char* kOld = "[devid 0]    Mon Feb  3 07:58:59 2025    LINK DOWN\n";
  constexpr const char* kNew = "[devid 0]    Mon Mar  3 07:58:59 2025    LINK DOWN\n";
  std::string ten = "\n";
  for (int i = 0; i < 5; ++i)
    ten += "[devid 0]    Mon Feb  3 07:59:00 2025    LINK UP\n" + std::string(kOld);
  const FlapCase kTable[] = {
      {"link up count : 1\n[devid 0]link down count : 0\n", " NA\n", Verdict::kPass, ""},
      {"link up count : 4\n[devid 0]link down count : 3\n", " NA\n", Verdict::kError,
       "h/npu0: 3 link downs were counted and 0 recorded"},
      {"link up count : 31\n[devid 0]link down count : 30\n", "\n[old]", Verdict::kError,
       "30 link downs were counted and 1 recorded"},
      {"link up count : 2\n[devid 0]link down count : 1\n", "\n[old]", Verdict::kPass, ""},
      {"link up count : 2\n[devid 0]link down count : 1\n", "\n[new]", Verdict::kFail,
       "no LINK DOWN within 24 h / 1 of the last 1 records"},
      // What is known to be wrong is told before what is unknown.
      {"link up count : 3\n[devid 0]link down count : 2\n", "\n[new]", Verdict::kFail,
       "no LINK DOWN within 24 h"},
      // More than the tool keeps: those that are missing are older than those that are there.
      {"link up count : 31\n[devid 0]link down count : 30\n", "[ten]", Verdict::kPass, ""},
      // Older tools count no downs.
      {"link up count : 1\n", " NA\n", Verdict::kPass, ""},
      {"link up count : 3\n", " NA\n", Verdict::kError, "2 link downs were counted"},
      {"link up count : 0\n", " NA\n", Verdict::kPass, ""},
  };
  for (const FlapCase& row : kTable) {
    SCOPED_TRACE(std::string(row.counts) + row.records);
    std::string records = row.records;
    for (const auto& [word, text] :
         {std::pair<const char*, std::string>{"[old]", kOld}, {"[new]", kNew}, {"[ten]", ten}})
      if (const std::size_t at = records.find(word); at != std::string::npos)
        records.replace(at, 5, text);
    answer(kLinkStat) = "[devid 0]current time : Mon Mar  3 08:00:10 2025\n[devid 0]" +
                        std::string(row.counts) + "[devid 0]link change records :" + records;
    expect("3.1.4", row.verdict, row.says);
  }
}

// Between two runs the count tells of flaps that are older than the window.
TEST_F(PortJudged, LinkDownsAreAFactOfTheNpu) {
  const auto facts = [this] {
    const EvidenceBook book(inventory_, {visit_});
    RunRecord record;
    record.hosts.push_back({.name = "h", .npus = 1});
    add_facts(book, record);
    return record.npus.at(0).facts;
  };
  const std::string text = "[devid 0]current time : x\n[devid 0]link up count : 31\n";
  answer(kLinkStat) = text + "[devid 0]link down count : 30\n[devid 0]link change records : NA\n";
  EXPECT_THAT(facts(), testing::Contains(testing::Pair("link_downs", "30")));
  answer(kLinkStat) = text + "[devid 0]link change records : NA\n";
  EXPECT_THAT(facts(), testing::Contains(testing::Pair("link_ups", "31")));
}

TEST_F(PortJudged, EachErrorCounterHasToStandStill) {
  const std::string quiet = "packet statistics:\nmac_tx_total_pkt_num:1\n";
  for (const char* name : {"mac_rx_fcs_err_pkt_num", "mac_rx_bad_pkt_num", "roce_rx_err_pkt_num",
                           "roce_tx_err_pkt_num", "roce_qp_status_err_num", "roce_new_pkt_rty_num",
                           "roce_out_of_order_num"}) {
    SCOPED_TRACE(name);
    answer(kCounters) = quiet + name + ":4\n";
    answer(kCounters, ".again") = quiet + name + ":4\n";
    expect("3.1.15", Verdict::kPass, "");
    answer(kCounters, ".again") = quiet + name + ":5\n";
    expect("3.1.15", Verdict::kFail, name);
  }
  // Traffic may grow; that alone proves nothing.
  answer(kCounters) = quiet;
  answer(kCounters, ".again") = "packet statistics:\nmac_tx_total_pkt_num:9\n";
  expect("3.1.15", Verdict::kError, "no error counter in common");
}

}  // namespace
}  // namespace touchstone
