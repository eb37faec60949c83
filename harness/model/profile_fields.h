#pragma once

#include "harness/model/profile.h"

namespace touchstone {

// Every field of a profile with its key, for all who read or write one: f(key, field). The types
// are std::string, NumberRange, int, double, bool and maps of texts.
template <class P, class F>
void profile_fields(P& p, F&& f) {
  f("name", p.name);
  f("model", p.model);
  f("weights", p.weights);
  f("servers", p.servers);
  f("chip", p.chip);
  f("npus", p.npus);
  f("hbm_mb", p.hbm_mb);
  f("idle_hbm_mb", p.idle_hbm_mb);
  f("service_expected", p.service_expected);
  f("architecture", p.architecture);
  f("memory_mb", p.memory_mb);
  f("weights_disk_gb", p.weights_disk_gb);
  f("weights_path", p.weights_path);
  f("model_type", p.model_type);
  f("tokenizer_files", p.tokenizer_files);
  f("weights_mode", p.weights_mode);
  f("rank_table_mode", p.rank_table_mode);
  f("docker_disk_gb", p.docker_disk_gb);
  f("docker_path", p.docker_path);
  f("driver", p.driver);
  f("firmware", p.firmware);
  f("docker", p.docker);
  f("docker_runtime", p.docker_runtime);
  f("cann_toolkit", p.cann_toolkit);
  f("cann_kernels", p.cann_kernels);
  f("cann_nnal", p.cann_nnal);
  f("mindie", p.mindie);
  f("mindie_for_w8a8", p.mindie_for_w8a8);
  f("image", p.image);
  f("container_start", p.container_start);
  f("container_privileged", p.container_privileged);
  f("container_network", p.container_network);
  f("shm_gb", p.shm_gb);
  f("container_devices", p.container_devices);
  f("container_mounts", p.container_mounts);
  f("mindie_path", p.mindie_path);
  f("config_mode", p.config_mode);
  f("environment", p.environment);
  f("service_config", p.service_config);
  f("service_tls", p.service_tls);
  f("fabric", p.fabric);
  f("tls", p.tls);
  f("port_speed_mbps", p.port_speed_mbps);
  f("mtu", p.mtu);
  f("rx_power_mw", p.rx_power_mw);
  f("tx_power_mw", p.tx_power_mw);
  f("snr_db", p.snr_db);
  f("mesh_pairs", p.mesh_pairs);
  f("hccl_test", p.hccl_test);
  f("hccl_bandwidth_gbs", p.hccl_bandwidth_gbs);
  f("flap_window_hours", p.flap_window_hours);
  f("clock_seconds", p.clock_seconds);
  f("rank_table_order", p.rank_table_order);
  f("container_ip_equals_server_id", p.container_ip_equals_server_id);
  f("endpoint_seconds", p.endpoint_seconds);
  f("image_archive", p.image_archive);
  f("image_archive_sha256", p.image_archive_sha256);
  f("driver_package", p.driver_package);
  f("driver_package_sha256", p.driver_package_sha256);
  f("firmware_package", p.firmware_package);
  f("firmware_package_sha256", p.firmware_package_sha256);
  f("docker_archive", p.docker_archive);
  f("docker_archive_sha256", p.docker_archive_sha256);
  f("docker_package_manager", p.docker_package_manager);
  f("docker_runtime_package", p.docker_runtime_package);
  f("docker_runtime_package_sha256", p.docker_runtime_package_sha256);
  f("service_start_seconds", p.service_start_seconds);
  f("endpoint_requests", p.endpoint_requests);
  f("endpoint_parallel", p.endpoint_parallel);
  f("first_token_seconds", p.first_token_seconds);
  f("seconds_per_token", p.seconds_per_token);
  f("tokens_per_second", p.tokens_per_second);
}

}  // namespace touchstone
