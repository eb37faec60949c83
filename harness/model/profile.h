#pragma once

#include <map>
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

  NumberRange servers;           // guide 1.1: how many a group needs
  std::string chip;              // "910B": prefix of the name that npu-smi prints
  int npus = 8;                  // per host
  NumberRange hbm_mb;            // guide 1.1: 64 GB
  NumberRange idle_hbm_mb;       // held by the driver alone
  bool service_expected = true;  // whether MindIE is meant to run while we look (1.1.5, 6.3, 6.4)
  std::string architecture;      // `uname -m`; empty: any
  NumberRange memory_mb;         // MemTotal of a host
  NumberRange weights_disk_gb;   // size of the file system that holds the weights
  std::string weights_path;      // where that is, on the hosts
  std::string model_type;        // 5.1.5: what config.json of the weights may say, by commas
  std::string tokenizer_files;   // 5.1.5: that the weights must hold, by commas
  std::string weights_mode;      // guide 6.3: no permission digit of the weights above: "750"
  std::string rank_table_mode;   // guide 6.3: of the rank table: "640"
  NumberRange docker_disk_gb;    // free where Docker keeps images
  std::string docker_path;
  std::string driver, firmware;                               // guide 2.1
  std::string docker, docker_runtime;                         // guide 2.2
  std::string cann_toolkit, cann_kernels, cann_nnal, mindie;  // guide 1.1, inside the container
  std::string mindie_for_w8a8;  // guide 1.1: what quantised weights need
  std::string image;            // guide 4.1: REPOSITORY:TAG
  std::string container_start;  // guide 4.2: "devices" (first way) or "runtime" (second way)
  // Guide 4.2: what the documented `docker run` gives the container. Lists are paths with commas
  // between, each at the same place inside.
  bool container_privileged = true;
  std::string container_network;
  NumberRange shm_gb;
  std::string container_devices;  // besides the NPUs' own
  std::string container_mounts;
  std::string mindie_path;  // guide 6.2: folder of the service inside the container
  std::string config_mode;  // 6.2.1: no permission digit of its conf/config.json above: "640"
  // Guide 4.3 and 6.2: name → value, in the form of value_rule.h. What follows from the inventory
  // (WORLD_SIZE, addresses, the rank table, NPUs) is not here.
  std::map<std::string, std::string> environment;
  std::map<std::string, std::string> service_config;  // a key of the guide, or a path with dots
  std::string service_tls;  // guide 6.2: "off" or "on", the three switches of the service
  std::string fabric;       // "switch" or "direct" (fibre between two servers)
  std::string tls;          // guide 3.1: "0", "1", or "no-certificates"
  NumberRange port_speed_mbps;
  std::string mtu;  // "same" or a number
  NumberRange rx_power_mw, tx_power_mw,
      snr_db;                      // of optical modules; their own thresholds are used besides
  int mesh_pairs = 4096;           // 3.1.14: how many directed pairs of NPUs are asked at most
  std::string hccl_test;           // 3.1.16: path of the site's all_reduce_test; empty: none
  NumberRange hccl_bandwidth_gbs;  // 3.1.16: its bandwidth with the largest data
  double flap_window_hours = 24;   // 3.1.4: how far back a flap counts
  double clock_seconds = 2;        // 0.3: how far clocks may differ
  std::string rank_table_order;    // 3.2.6: "descending", "ascending", "lexicographic", "any"
  bool container_ip_equals_server_id = true;  // 3.2.5
  double endpoint_seconds = 180;              // 6.4: limit in time of one answer
  // For --fix, of the site: files on the hosts, and what sha256sum says of them; empty: none is at
  // hand, and a person has to bring it.
  std::string image_archive, image_archive_sha256;  // 4.1.1: for `docker load`
  std::string driver_package, driver_package_sha256, firmware_package,
      firmware_package_sha256;                        // 2.1: the .run files
  std::string docker_archive, docker_archive_sha256;  // 2.2.1: Docker's programs, docker-….tgz
  std::string docker_package_manager;                 // 2.2.1: "yum", "dnf", "apt"; "none"
  std::string docker_runtime_package, docker_runtime_package_sha256;  // 2.2.3: the .run file
  double service_start_seconds = 1800;  // 6.3: how long the service may take to come up
  int endpoint_requests = 8;            // 6.4.6: how often the measured question is asked …
  int endpoint_parallel = 4;            // … and how often at once
  NumberRange first_token_seconds;      // 6.4.6: of the 90th percentile
  NumberRange seconds_per_token;        // 6.4.6: of the 90th percentile, after the first token
  NumberRange tokens_per_second;        // 6.4.6: of all parallel requests together
  bool operator==(const Profile&) const = default;
};

}  // namespace touchstone
