#include "harness/parse/npu_smi.h"

#include <fmt/format.h>

#include "tests/parse/expect.h"

namespace touchstone {
namespace {

constexpr std::string_view kInfoHead =
    "+------------------------------------------------------------------------------+\n"
    "| npu-smi 24.1.rc3                 Version: 24.1.rc3                           |\n"
    "+---------------------------+---------------+----------------------------------+\n"
    "| NPU   Name                | Health        | Power(W) Temp(C) Hugepages-Usage(page)|\n"
    "| Chip                      | Bus-Id        | AICore(%) Memory-Usage(MB) HBM-Usage(MB)|\n"
    "+===========================+===============+==================================+\n";
constexpr std::string_view kRule =
    "+===========================+===============+==================================+\n";
constexpr std::string_view kProcesses =
    "+---------------------------+---------------+----------------------------------+\n"
    "| NPU     Chip              | Process id    | Process name | Process memory(MB)|\n"
    "+===========================+===============+==================================+\n";

std::string npu(int id, std::string_view health = "OK", std::string_view hbm = "3369 / 65536",
                std::string_view name = "910B3") {
  return fmt::format(
      "| {}     {}    | {}   | 94.6        49                0    / 0   |\n"
      "| 0                         | 0000:C1:00.0  | 0           0    / 0          {} |\n{}",
      id, name, health, hbm, kRule);
}

std::string idle(int id) {
  return fmt::format("| No running processes found in NPU {}     |\n{}", id, kRule);
}

std::string table(std::string_view rows, std::string_view processes) {
  return fmt::format("{}{}{}{}", kInfoHead, rows, kProcesses, processes);
}

TEST(NpuSmiInfo, RowsAndProcesses) {
  const auto info = taken(parse_npu_smi_info(
      table(npu(0) + npu(1, "Alarm", "59891/ 65536", "910B4-1"),
            // blank name: a process of a container; NA: a process of another pid namespace
            "| 0       0     | 4711          |                          | 19502     |\n"
            "| 0       0     | NA            | python3                  | 12        |\n" +
                idle(1)),
      ""));
  EXPECT_EQ(info.version, "24.1.rc3");
  ASSERT_EQ(info.npus.size(), 2u);
  EXPECT_EQ(info.npus[0].id, 0);
  EXPECT_EQ(info.npus[0].name, "910B3");
  EXPECT_EQ(info.npus[0].health, "OK");
  EXPECT_EQ(info.npus[0].power, 94.6);
  EXPECT_EQ(info.npus[0].temp, 49);
  EXPECT_EQ(info.npus[0].bus, "0000:C1:00.0");
  EXPECT_EQ(info.npus[0].hbm_used_mb, 3369);
  EXPECT_EQ(info.npus[0].hbm_total_mb, 65536);
  ASSERT_EQ(info.npus[0].processes.size(), 2u);
  EXPECT_EQ(info.npus[0].processes[0],
            (NpuSmiInfo::Process{.pid = 4711, .name = "", .memory_mb = 19502}));
  EXPECT_EQ(info.npus[0].processes[1].pid, std::nullopt);
  EXPECT_EQ(info.npus[1].name, "910B4-1");
  EXPECT_EQ(info.npus[1].health, "Alarm");
  EXPECT_EQ(info.npus[1].hbm_used_mb, 59891);  // five digits touch the slash
}

TEST(NpuSmiInfo, OddButWhole) {
  // fifth column of the newest tools, a warning below, the driver's log above
  const auto info = taken(parse_npu_smi_info(
      "DrvMngGetConsoleLogLevel failed. (ret=4)\n" +
          table(npu(3), "| 3       0     | 4711   | mindie   | 19502     | 12 |\n") +
          "[WARNING]The driver package may not be completely installed.\n",
      ""));
  EXPECT_EQ(info.npus.at(0).processes.at(0).name, "mindie");
  EXPECT_TRUE(info.warning.has_value());
}

TEST(NpuSmiInfo, RefusesOtherProducts) {
  std::string a3 = table(
      "| 0     Ascend910 | OK | 182.0 36 0 / 0 |\n"
      "| 0     0 | 0000:9D:00.0 | 0 0 / 0 3402 / 65536 |\n"
      "+---------------------------------------------+\n"
      "| 0     Ascend910 | OK | - 35 0 / 0 |\n"
      "| 1     1 | 0000:9F:00.0 | 0 0 / 0 3200 / 65536 |\n",
      idle(0));
  a3.replace(a3.find("| Chip     "), 13, "| Chip  Phy-ID ");
  expect_refused(parse_npu_smi_info(a3, ""), Kind::kUnsupported,
                 "A3 (Phy-ID column) with 2 devices");
  expect_refused(parse_npu_smi_info("+-----+\n| npu-smi 1.0  Version: 21.0.2 |\n+----+----+\n"
                                    "| NPU  Name | Health | Power(W) Temp(C) |\n"
                                    "| Chip Device | Bus-Id | AICore(%) Memory-Usage(MB) |\n",
                                    ""),
                 Kind::kUnsupported, "Device column");
}

TEST(NpuSmiInfo, RefusesWhatIsNotWhole) {
  const std::string two = npu(0) + npu(1);
  expect_refused(parse_npu_smi_info(std::string(kInfoHead) + two, ""), Kind::kElided,
                 "2 NPU rows, then the table ends before the process table");
  expect_refused(parse_npu_smi_info(table(two, idle(0)), ""), Kind::kElided, "processes of NPU 1");
  expect_refused(parse_npu_smi_info(table(npu(0) + "...\n" + npu(7), idle(0)), ""), Kind::kElided,
                 "line 10 is \"...\": rows were left out, 2 NPU rows are there");
  expect_refused(parse_npu_smi_info(kInfoHead, ""), Kind::kElided, "0 NPU rows");
}

TEST(NpuSmiInfo, RefusesMessages) {
  static constexpr Refused kTable[] = {
      {"", Kind::kEmpty, "nothing"},
      {"dcmi module initialize failed. ret is -8005\n", Kind::kErrorText, "driver is not loaded"},
      {"DrvMngGetConsoleLogLevel failed. (g_conLogLevel=3)\n"
       "dcmi model initialized failed, because the device is used. ret is -8020\n",
       Kind::kErrorText, "used by another"},
      {"npu get board type failed. ret is -9005\n", Kind::kErrorText, "no answer"},
      {"bash: npu-smi: command not found\n", Kind::kErrorText, "PATH"},
      {"npu-smi: error while loading shared libraries: libdcmi.so\n", Kind::kErrorText, "library"},
      {"hello\n", Kind::kMalformed, "a row"},
      {"| npu-smi\n", Kind::kMalformed, "whole row"},
  };
  expect_all_refused(parse_npu_smi_info, kTable);
  expect_refused(parse_npu_smi_info("", "sh: npu-smi: not found\n"), Kind::kErrorText, "PATH");
}

TEST(NpuSmiInfo, RefusesBrokenRows) {
  const std::string rows[] = {
      npu(0) + npu(0),                                                // the same NPU twice
      npu(0, "OK", "3369 of 65536"),                                  // no slash of its own
      npu(0, "OK", "99999999999999999999 / 65536"),                   // too large
      npu(0, ""),                                                     // no health
      npu(0, "Purple"),                                               // none that there is
      "| x     910B3 | OK | 94.6 49 0 / 0 |\n",                       // no id
      "| 0     910B3 | OK | hot 49 0 / 0 |\n",                        // no power
      "| 0     910B3 | OK | 94.6 49 0 / 0 |\n" + std::string(kRule),  // half an NPU
  };
  for (const std::string& text : rows) {
    SCOPED_TRACE(text);
    expect_refused(parse_npu_smi_info(table(text, idle(0)), ""), Kind::kMalformed, "line ");
  }
  // a process of an NPU that is not listed
  expect_refused(parse_npu_smi_info(table(npu(0), "| 5 0 | 1 | x | 2 |\n"), ""), Kind::kMalformed,
                 "process");
}

constexpr std::string_view kBoard =
    "\tNPU ID                         : 3\n"
    "\tSoftware Version               : 24.1.rc3\n"
    "\tFirmware Version               : 7.5.0.1.129\n"
    "\tCompatibility                  : OK\n"
    "\tPCIe Bus Info                  : 0000:C1:00.0\n"
    "\tChip Count                     : 1\n\n";

TEST(NpuSmiBoard, Versions) {
  const auto board = taken(parse_npu_smi_board(kBoard, ""));
  EXPECT_EQ(board.npu, 3);
  EXPECT_EQ(board.software_version, "24.1.rc3");
  EXPECT_EQ(board.firmware_version, "7.5.0.1.129");
  EXPECT_EQ(board.compatibility, "OK");
  EXPECT_EQ(board.fields.at("PCIe Bus Info"), "0000:C1:00.0");  // colons within the value
  // the form with -c knows the chip, not the driver
  const auto chip = taken(parse_npu_smi_board(
      "\tNPU ID : 0\n\tChip ID : 0\n\tChip Name : 910B3\n\tFirmware Version : 7.5.0.1.129\n", ""));
  EXPECT_EQ(chip.chip_name, "910B3");
  EXPECT_EQ(chip.software_version, "");
  EXPECT_EQ(taken(parse_npu_smi_board_each(std::string(kBoard) + std::string(kBoard), "")).size(),
            2u);
}

TEST(NpuSmiBoard, Refuses) {
  static constexpr Refused kTable[] = {
      {"\tNPU ID : 0\n\tHBM Capacity(MB) : 65536\n", Kind::kMalformed, "-t board"},  // -t usages
      {"\tFirmware Version : 1\n", Kind::kMalformed, "NPU ID"},
      {"\tNPU ID : 0\n\tFirmware Version : 1\n\tNPU ID : 1\n\tFirmware Version : 1\n",
       Kind::kSeveral, "2 NPUs"},
      {"\tNPU ID : 0\n...\n\tFirmware Version : 1\n", Kind::kElided, "line 2"},
      {"dcmi module initialize failed. ret is -8005\n", Kind::kErrorText, "driver"},
      {"no colon\n", Kind::kMalformed, "key : value"},
  };
  expect_all_refused(parse_npu_smi_board, kTable);
}

TEST(NpuSmiHealth, StatusAndErrors) {
  const auto health = taken(parse_npu_smi_health(
      "\tHealth Status                  : Warning\n\tError Code                     : 80E01801\n"
      "\tError Information              : HBM multi bit\n",
      ""));
  EXPECT_EQ(health.health, "Warning");
  EXPECT_EQ(health.error_code, "80E01801");
  EXPECT_EQ(health.error_information, "HBM multi bit");
  const auto each = taken(parse_npu_smi_health_each(
      "\tHealth Status : OK\n\tError Code : NA\n\tHealth Status : Alarm\n\tError Code : 1\n", ""));
  ASSERT_EQ(each.size(), 2u);
  EXPECT_EQ(each[1].health, "Alarm");
  expect_refused(parse_npu_smi_health("\tHealth Status : Purple\n\tError Code : 1\n", ""),
                 Kind::kMalformed, "\"Purple\", expected a health of OK");
  expect_refused(parse_npu_smi_health(kBoard, ""), Kind::kMalformed, "-t health");
  expect_refused(parse_npu_smi_health("", ""), Kind::kEmpty, "nothing");
}

}  // namespace
}  // namespace touchstone
