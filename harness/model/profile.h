#pragma once

#include <optional>
#include <string>

#include "harness/model/number_range.h"

namespace touchstone {

// What the document promises for one model and weight type, with the site's overrides. Versions are
// in the form of version_range.h; numbers are ranges. Every value that a step expects comes from
// here.
struct Profile {
  std::string name;     // "deepseek-r1-w8a8"
  std::string model;    // "DeepSeek-R1"
  std::string weights;  // "w8a8" or "bf16"

  NumberRange servers;            // guide 1.1: how many a group needs
  std::string chip;               // "910B": prefix of the name that npu-smi prints
  int npus = 8;                   // per host
  NumberRange hbm_mb;             // guide 1.1: 64 GB
  NumberRange idle_hbm_mb;        // held by the driver alone
  bool service_expected = false;  // whether MindIE is meant to run while we look (1.1.5)
  std::string architecture;       // `uname -m`; empty: any
  NumberRange memory_mb;          // MemTotal of a host
  NumberRange weights_disk_gb;    // size of the file system that holds the weights
  std::string weights_path;       // where that is, on the hosts
  NumberRange docker_disk_gb;     // free where Docker keeps images
  std::string docker_path;
  std::string driver, firmware;        // guide 2.1
  std::string docker, docker_runtime;  // guide 2.2
  std::string container_start;         // guide 4.2: "devices" (first way) or "runtime" (second way)
  std::string fabric;                  // "switch" or "direct" (fibre between two servers)
  std::string tls;                     // guide 3.1: "0", "1", or "no-certificates"
  NumberRange port_speed_mbps;
  std::string mtu;  // "same" or a number
  NumberRange rx_power_mw, tx_power_mw,
      snr_db;                     // of optical modules; their own thresholds are used besides
  double flap_window_hours = 24;  // 3.1.4: how far back a flap counts
  double clock_seconds = 2;       // 0.3: how far clocks may differ
  std::string rank_table_order;   // 3.2.6: "descending", "ascending", "lexicographic", "any"
  bool container_ip_equals_server_id = true;  // 3.2.5
  bool operator==(const Profile&) const = default;
};

}  // namespace touchstone
