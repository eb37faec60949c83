#pragma once

#include "harness/model/profile.h"

namespace touchstone {

// Every field of a profile with its key, for all who read or write one: f(key, field). The types
// are std::string, NumberRange, int, double and bool.
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
  f("docker_disk_gb", p.docker_disk_gb);
  f("docker_path", p.docker_path);
  f("driver", p.driver);
  f("firmware", p.firmware);
  f("docker", p.docker);
  f("docker_runtime", p.docker_runtime);
  f("container_start", p.container_start);
  f("fabric", p.fabric);
  f("tls", p.tls);
  f("port_speed_mbps", p.port_speed_mbps);
  f("mtu", p.mtu);
  f("rx_power_mw", p.rx_power_mw);
  f("tx_power_mw", p.tx_power_mw);
  f("snr_db", p.snr_db);
  f("flap_window_hours", p.flap_window_hours);
  f("clock_seconds", p.clock_seconds);
  f("rank_table_order", p.rank_table_order);
  f("container_ip_equals_server_id", p.container_ip_equals_server_id);
}

}  // namespace touchstone
