#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/parsed.h"

namespace touchstone {

// `npu-smi info` on Atlas 800I A2: one row pair per NPU, then the processes of each.
// Refused: A3, A5, A1/300 layouts (kUnsupported), dcmi errors (kErrorText), rows left out or a
// table that ends before its processes (kElided), because a count over it would be wrong.
struct NpuSmiInfo {
  struct Process {
    std::optional<std::int64_t> pid;  // none: NA
    std::string name;                 // blank for processes of containers
    std::int64_t memory_mb = 0;
    bool operator==(const Process&) const = default;
  };
  struct Npu {
    int id = 0;
    std::string name;             // "910B3", "910B4-1"
    std::string health;           // OK, Warning, Alarm, Critical, UNKNOWN
    std::optional<double> power;  // W
    std::optional<int> temp;      // °C
    std::string bus;
    std::int64_t hbm_used_mb = 0;
    std::int64_t hbm_total_mb = 0;
    std::vector<Process> processes;
    bool operator==(const Npu&) const = default;
  };
  std::string version;  // of npu-smi, which comes with the driver
  std::vector<Npu> npus;
  std::optional<std::string> warning;  // "[WARNING]…" below the table
  bool operator==(const NpuSmiInfo&) const = default;
};
Parsed<NpuSmiInfo> parse_npu_smi_info(std::string_view out, std::string_view err);

// `npu-smi info -t board -i N` (has the versions), and with `-c 0` (has the chip).
struct NpuSmiBoard {
  std::optional<int> npu;
  std::string software_version;  // the driver; empty in the form with -c
  std::string firmware_version;
  std::string
      compatibility;  // OK, NOK, UNKNOWN, NOT SUPPORT; empty in the form with -c and from old tools
  std::string chip_name;
  std::map<std::string, std::string> fields;  // all, as printed
  bool operator==(const NpuSmiBoard&) const = default;
};
Parsed<NpuSmiBoard> parse_npu_smi_board(std::string_view out, std::string_view err);
// Several in one text (a loop over -i): one after the other.
Parsed<std::vector<NpuSmiBoard>> parse_npu_smi_board_each(std::string_view out,
                                                          std::string_view err);

// `npu-smi info -t health -i N`
struct NpuSmiHealth {
  std::optional<int> npu;
  std::string health;      // OK, Warning, Alarm, Critical, UNKNOWN
  std::string error_code;  // "NA": none
  std::string error_information;
  std::map<std::string, std::string> fields;
  bool operator==(const NpuSmiHealth&) const = default;
};
Parsed<NpuSmiHealth> parse_npu_smi_health(std::string_view out, std::string_view err);
Parsed<std::vector<NpuSmiHealth>> parse_npu_smi_health_each(std::string_view out,
                                                            std::string_view err);

}  // namespace touchstone
